package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.value.PlainText;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One board's progress in one line: name, phase, bar, percent, speed and time. Times are nanoseconds of one clock. For one thread
 * at a time. Tested by LanesTest.
 */
final class Lane {
    private static final String CUT = "...";
    private static final String GAP = "  ";

    /** As long as "up to date", and longer than every phase. */
    private static final int PHASE_WIDTH = 10;

    private static final int TIME_WIDTH = 6;

    /** Of a gap and "999.9 kB/s"; the bar keeps its length while the speed is not known. */
    private static final int SPEED_WIDTH = 12;

    /** Bytes come about five times a second; after this time without any there is no speed, as when the link is lost. */
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int MIN_NAME_WIDTH = 8;
    private static final int MIN_BAR_WIDTH = 4;
    private static final int MAX_BAR_WIDTH = 24;

    private final String name;
    private final long begun;
    private String phase = "";
    private int percent = -1;
    private long bytesPerSecond;
    private long transferred;
    private Optional<UpdateRecord> end = Optional.empty();
    private long ended;

    Lane(String name, long now) {
        this.name = PlainText.line(name);
        this.begun = now;
    }

    /** Takes what happened. Lines of the console are not shown here. */
    void event(BayEvent event, long now) {
        if (event instanceof BayEvent.PhaseEntered entered) {
            phase = entered.phase().name().toLowerCase(Locale.ROOT);
            bytesPerSecond = 0;
        } else if (event instanceof BayEvent.Transfer transfer) {
            bytesPerSecond = transfer.bytesPerSecond();
            transferred = now;
        } else if (event instanceof BayEvent.Fota fota && fota.event() == FotaEvent.DL_PROGRESS) {
            percent = fota.percent();
        }
    }

    void end(UpdateRecord record, long now) {
        end = Optional.of(record);
        ended = now;
    }

    boolean isRunning() {
        return end.isEmpty();
    }

    boolean isDone() {
        return end.isPresent() && end.get().reason().exitCode() == 0;
    }

    int nameLength() {
        return name.length();
    }

    /**
     * Returns the line, with as much of it as there is room for.
     *
     * @param nameWidth characters of the longest name among the lanes
     * @param width the most characters that the line may have
     */
    String line(int nameWidth, int width, long now) {
        int forName = Math.min(nameWidth, Math.max(MIN_NAME_WIDTH, width / 3));
        String left = padded(tail(name, forName), forName) + GAP + padded(state(), PHASE_WIDTH) + GAP;
        int middle = width - left.length() - GAP.length() - TIME_WIDTH;
        if (middle < 0) {
            return head(left.stripTrailing(), width);
        }
        return left + padded(head(isRunning() ? progress(middle, now) : result(), middle), middle) + GAP + time(now);
    }

    private String state() {
        if (isRunning()) {
            return phase;
        }
        Outcome outcome = end.get().reason().outcome();
        if (outcome == Outcome.UP_TO_DATE) {
            return "up to date";
        }
        return outcome == Outcome.SUCCEEDED ? "done" : "failed";
    }

    /** Bar, percent and speed; the bar is what gives way. */
    private String progress(int width, long now) {
        if (percent < 0) {
            return "";
        }
        String number = String.format(Locale.ROOT, "%3d %%", percent);
        int bar = Math.min(MAX_BAR_WIDTH, width - number.length() - SPEED_WIDTH - "[] ".length());
        String drawn = bar < MIN_BAR_WIDTH ? number : "[" + bar(bar) + "] " + number;
        String speed = bytesPerSecond > 0 && now - transferred < STALL_NANOS
                ? GAP + Sentences.bytes(bytesPerSecond) + "/s"
                : "";
        return drawn.length() + speed.length() <= width ? drawn + speed : drawn;
    }

    private String bar(int width) {
        int full = percent * width / 100;
        return "#".repeat(full) + "-".repeat(width - full);
    }

    private String result() {
        UpdateRecord record = end.orElseThrow();
        if (isDone()) {
            return PlainText.line(Sentences.versions(record));
        }
        return PlainText.line(record.reason() + ": " + record.message());
    }

    private String time(long now) {
        long nanos = (isRunning() ? now : ended) - begun;
        return String.format(Locale.ROOT, "%4d s", TimeUnit.NANOSECONDS.toSeconds(nanos));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** The end of a path is what tells ports apart. */
    private static String tail(String text, int width) {
        return text.length() <= width ? text : CUT + text.substring(text.length() - width + CUT.length());
    }

    private static String head(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        return width <= CUT.length() ? text.substring(0, width) : text.substring(0, width - CUT.length()) + CUT;
    }
}
