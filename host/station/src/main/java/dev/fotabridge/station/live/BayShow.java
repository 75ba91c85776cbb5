package dev.fotabridge.station.live;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.cloud.BayJob;
import dev.fotabridge.station.control.BayLine;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.run.Tile;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What a bay shows beside its state: the run's progress, how the last one ended, and the last lines. For one thread at a time. Tested by LiveStationIT. */
final class BayShow {
    private static final int MAX_LINES = 300;
    /** Until the board has verified the image. */
    private static final int MOST_PERCENT = 99;

    private static final int WHOLE_PERCENT = 100;
    private static final double SECOND = 1e9;

    private final BayPlace place;
    private final Deque<BayLine> lines = new ArrayDeque<>();
    private long lineCount;

    private String run = "";
    private int attempt;
    private long begin;
    private Optional<Double> seconds = Optional.empty();
    private Optional<Phase> phase = Optional.empty();
    private Optional<Integer> percent = Optional.empty();
    private Optional<Reason> reason = Optional.empty();
    private String message = "";
    private String from = "";
    private String to = "";
    private String cloud = "";

    BayShow(BayPlace place) {
        this.place = place;
    }

    /** Returns whether a run is another one than was shown last; false for none. */
    boolean isNew(String id) {
        return !id.isEmpty() && !id.equals(run);
    }

    /** A start was taken. */
    void started(String id, String version, long now) {
        run = id;
        attempt = 1;
        begin = now;
        seconds = Optional.empty();
        to = version;
        from = "";
        reason = Optional.empty();
        message = "";
        cloud = "";
        forgetProgress();
    }

    /** An attempt begins on the board. */
    void attempt(int number) {
        attempt = number;
        forgetProgress();
    }

    private void forgetProgress() {
        phase = Optional.empty();
        percent = Optional.empty();
    }

    /** Takes a note of an event; returns the line if it is one. */
    Optional<BayLine> saw(BayEvent event) {
        if (event instanceof BayEvent.PhaseEntered entered) {
            entered(entered.phase());
        } else if (event instanceof BayEvent.Transfer transfer && transfer.total() > 0) {
            percent = Optional.of((int) Math.min(MOST_PERCENT, WHOLE_PERCENT * transfer.bytes() / transfer.total()));
        } else if (event instanceof BayEvent.Log log) {
            return Optional.of(line(log.line(), true));
        }
        return Optional.empty();
    }

    private void entered(Phase next) {
        phase = Optional.of(next);
        if (next == Phase.MARK) {
            percent = Optional.of(WHOLE_PERCENT);
        }
    }

    /** The station says something about this bay. */
    BayLine line(String text, boolean isConsole) {
        BayLine line = new BayLine(++lineCount, Instant.now(), isConsole, text);
        lines.addLast(line);
        if (lines.size() > MAX_LINES) {
            lines.removeFirst();
        }
        return line;
    }

    List<BayLine> lines() {
        return List.copyOf(lines);
    }

    /** The last attempt of the last run here, as it is stored. */
    void ended(StationRecord record) {
        run = record.runId();
        attempt = record.attempt();
        reason = record.reason();
        message = record.message();
        from = record.from();
        to = record.to();
        seconds = record.seconds();
        phase = Optional.empty();
        cloud = CloudWords.of(record);
    }

    /** AWS has answered the end of the run that is shown. */
    void told(StationRecord record) {
        cloud = CloudWords.of(record);
    }

    /** {@return whether the run is the one that is shown} */
    boolean isOf(String id) {
        return run.equals(id);
    }

    BayView view(Tile tile, BayJob job, long now) {
        boolean isRunning = !tile.run().isEmpty();
        return new BayView(
                place.bay(),
                place.address(),
                place.fixture(),
                tile.state(),
                tile.verdict(),
                tile.locked(),
                tile.needsHands() || tile.locked(),
                isRunning ? Optional.empty() : reason,
                words(tile, job),
                isRunning ? "" : reason.map(Reason::whatToTry).orElse(""),
                isRunning ? phase : Optional.empty(),
                percent,
                from,
                to,
                run,
                attempt,
                isRunning ? Optional.of((now - begin) / SECOND) : seconds,
                tile.identity(),
                job.thing(),
                job.job().map(offered -> offered.execution().jobId()).orElse(""),
                cloud);
    }

    private String words(Tile tile, BayJob job) {
        if (!tile.message().isEmpty()) {
            return tile.message();
        }
        return message.isEmpty() ? job.message() : message;
    }

    int attempt() {
        return attempt;
    }
}
