package dev.fotabridge.station.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.AttemptEnd;
import dev.fotabridge.station.run.BoardOutcome;
import dev.fotabridge.station.run.BoardsPort;
import dev.fotabridge.station.verdict.RunStage;
import java.util.Optional;

/**
 * One attempt on one board: asks who it is, updates it, and reads back what it runs. The thread of the bay carries it out; any thread may
 * stop it.
 * Tested by LiveStationIT.
 */
final class LiveAttempt {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BoardsPort.Order order;
    private final Firmware firmware;
    private final BayReports reports;
    private volatile RunEnd stop;
    private BoardOutcome outcome;

    LiveAttempt(BoardsPort.Order order, Firmware firmware, BayReports reports) {
        this.order = order;
        this.firmware = firmware;
        this.reports = reports;
    }

    BoardsPort.Order order() {
        return order;
    }

    /** Ends it: before MARK the slot is made harmless, after it the image is reverted; a board that has left is let go. */
    void stop(RunEnd why, Optional<Bay> bay) {
        stop = why;
        bay.ifPresent(this::stopAt);
    }

    private void stopAt(Bay bay) {
        if (stop.reason() == Reason.LINK_LOST) {
            bay.interrupt();
        } else {
            bay.cancel(stop);
        }
    }

    /** Blocks until the board's part is over. */
    void carryOut(Bay bay, String probe) {
        try {
            outcome = isAnother(bay.info(BayWorker.PATIENCE), probe).orElseGet(() -> update(bay, probe));
        } catch (FotaException e) {
            outcome = unseen(why(new RunEnd(e.reason(), e.getMessage())));
        } catch (RuntimeException | Error e) {
            outcome = unseen(new RunEnd(Reason.INTERNAL_ERROR, "Something unforeseen happened: " + e));
            throw e;
        }
    }

    /** Tells how it ended. */
    void tell() {
        reports.ended(order, outcome);
    }

    private Optional<BoardOutcome> isAnother(BoardReport there, String probe) {
        UnitIdentity who = new UnitIdentity(there.unit(), probe, "");
        if (!order.board().isOtherBoard(who)) {
            return Optional.empty();
        }
        reports.answered(order.bay(), who);
        String message = "The board " + who.name() + " answers where the run is for "
                + order.board().name() + "; nothing was written.";
        return Optional.of(new BoardOutcome(Reason.LINK_LOST, message, who, AttemptEnd.Seen.NOTHING));
    }

    private BoardOutcome update(Bay bay, String probe) {
        UpdateRecord record = bay.update(firmware.image(), firmware.options(), phase -> entering(phase, bay));
        RunEnd end = why(record.unit());
        boolean success =
                end.reason().outcome() == Outcome.SUCCEEDED || end.reason().outcome() == Outcome.UP_TO_DATE;
        return success
                ? proven(bay, probe, record)
                : new BoardOutcome(end.reason(), end.message(), UnitIdentity.NONE, seen(record, "", ""));
    }

    /** A stop that came before the update had begun is carried out now. */
    private void entering(Phase phase, Bay bay) {
        if (stop != null) {
            stopAt(bay);
        } else if (phase == Phase.MARK) {
            reports.stage(order, RunStage.MARKED);
        } else if (phase == Phase.CONFIRM) {
            reports.stage(order, RunStage.CONFIRMING);
        }
    }

    /** What the board says when it is asked once more, after all is done. */
    private BoardOutcome proven(Bay bay, String probe, UpdateRecord record) {
        try {
            BoardReport board = bay.info(BayWorker.PATIENCE);
            UnitIdentity who = new UnitIdentity(board.unit(), probe, "");
            if (!board.running().state().equals("CONFIRMED")) {
                return unproven(
                        "The board runs " + board.running().version() + ", which is not confirmed.", who, record);
            }
            reports.stage(order, RunStage.PROVEN);
            return new BoardOutcome(
                    record.unit().reason(),
                    record.unit().message(),
                    who,
                    seen(record, board.running().imageHash(), board.stubVersion()));
        } catch (FotaException e) {
            return unproven(
                    "The update was done, and the board could not be asked what it runs: " + e.getMessage(),
                    UnitIdentity.NONE,
                    record);
        }
    }

    private static BoardOutcome unproven(String message, UnitIdentity who, UpdateRecord record) {
        return new BoardOutcome(Reason.NOT_VERIFIED, message, who, seen(record, "", ""));
    }

    static BoardOutcome unseen(RunEnd end) {
        return new BoardOutcome(end.reason(), end.message(), UnitIdentity.NONE, AttemptEnd.Seen.NOTHING);
    }

    /** What was interrupted ends for the reason for which it was. */
    private RunEnd why(RunEnd end) {
        return stop != null && end.reason() == Reason.INTERRUPTED ? stop : end;
    }

    private static AttemptEnd.Seen seen(UpdateRecord record, String imageHash, String stubVersion) {
        return new AttemptEnd.Seen(imageHash, record.from(), stubVersion, json(record), record.wire());
    }

    private static String json(UpdateRecord record) {
        try {
            return JSON.writeValueAsString(record.spans());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
