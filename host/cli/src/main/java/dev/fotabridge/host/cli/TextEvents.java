package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.value.PlainText;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Events as text for people. On a terminal the line of the transfer is drawn over itself, with a bar; elsewhere a line is
 * printed for every ten percent or five seconds. One writer for both, so that a bar never eats a line.
 * Tested by EventsTest.
 */
final class TextEvents implements EventPrinter {
    private static final int BAR_WIDTH = 24;
    private static final long LINE_NANOS = 5_000_000_000L;
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintStream err;
    private final TextStyle style;
    private final LongSupplier nanos;
    private final String prefix;
    private boolean barShown;
    private String verb = "";
    private int lastTenth = -1;
    private long lastLineNanos;
    private BayEvent.Transfer waiting;

    TextEvents(PrintStream err, TextStyle style, LongSupplier nanos) {
        this(err, style, nanos, "");
    }

    /** @param prefix stands in front of every line that is printed without a terminal: whose line it is */
    TextEvents(PrintStream err, TextStyle style, LongSupplier nanos, String prefix) {
        this.err = err;
        this.style = style;
        this.nanos = nanos;
        this.prefix = PlainText.line(prefix);
    }

    @Override
    public void board(String name) {
        // People see the board's name in "device info"; here it would only repeat itself.
    }

    @Override
    public void event(BayEvent event) {
        if (event instanceof BayEvent.PhaseEntered entered) {
            finishBar();
            verb = Sentences.phase(entered.phase());
            lastTenth = -1;
            lastLineNanos = nanos.getAsLong();
            println(style.bold(verb));
        } else if (event instanceof BayEvent.Transfer transfer) {
            transfer(transfer);
        } else if (event instanceof BayEvent.Log log) {
            note(log.line());
        } else if (event instanceof BayEvent.BoardGone gone) {
            note(gone.message());
        }
    }

    private void note(String line) {
        println("  " + style.dim("| " + PlainText.line(line)));
    }

    private void transfer(BayEvent.Transfer transfer) {
        if (style.terminal()) {
            err.print(CLEAR_LINE + "  " + bar(transfer) + numbers(transfer));
            err.flush();
            barShown = true;
            return;
        }
        waiting = transfer;
        int tenth = transfer.total() <= 0 ? 0 : (int) (transfer.bytes() * 10 / transfer.total());
        boolean slow = nanos.getAsLong() - lastLineNanos >= LINE_NANOS;
        if (tenth != lastTenth || slow) {
            lastTenth = tenth;
            lastLineNanos = nanos.getAsLong();
            waiting = null;
            println("  " + numbers(transfer));
        }
    }

    private static String bar(BayEvent.Transfer transfer) {
        if (transfer.total() <= 0) {
            return "";
        }
        int full = (int) (transfer.bytes() * BAR_WIDTH / transfer.total());
        return "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "] ";
    }

    static String numbers(BayEvent.Transfer transfer) {
        StringBuilder text = new StringBuilder();
        if (transfer.total() > 0) {
            text.append(String.format(Locale.ROOT, "%3d %%  ", transfer.bytes() * 100 / transfer.total()));
            text.append(Sentences.bytes(transfer.bytes())).append(" of ").append(Sentences.bytes(transfer.total()));
        } else {
            text.append(Sentences.bytes(transfer.bytes()));
        }
        if (transfer.bytesPerSecond() > 0) {
            text.append("  ").append(Sentences.bytes(transfer.bytesPerSecond())).append("/s");
        }
        if (transfer.etaSeconds() > 0) {
            text.append("  ").append(transfer.etaSeconds()).append(" s left");
        }
        return text.toString();
    }

    /** The last state of a bar stays; without a terminal, what was held back is printed. */
    private void finishBar() {
        if (barShown) {
            err.println();
            barShown = false;
        }
        if (waiting != null) {
            println("  " + numbers(waiting));
            waiting = null;
        }
    }

    private void println(String line) {
        if (barShown) {
            err.print(CLEAR_LINE);
            barShown = false;
        }
        line.lines().forEach(text -> err.println(prefix + text));
    }

    @Override
    public void result(UpdateRecord result) {
        finishBar();
        Outcome outcome = result.reason().outcome();
        if (outcome == Outcome.SUCCEEDED || outcome == Outcome.UP_TO_DATE) {
            println(style.green(Sentences.success(result)));
        } else {
            println(style.red(Sentences.error(result.reason(), result.message())));
        }
    }
}
