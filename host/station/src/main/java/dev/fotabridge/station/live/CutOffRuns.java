package dev.fotabridge.station.live;

import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UnfinishedUpdate;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.OpenRun;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the boards' journals say of runs that a killed station was at. For one thread. */
final class CutOffRuns {
    private static final Logger LOG = LoggerFactory.getLogger(CutOffRuns.class);

    private final List<UnfinishedUpdate> updates;

    CutOffRuns(List<UnfinishedUpdate> updates) {
        this.updates = updates;
    }

    /** Reads all journals; what cannot be read says nothing. */
    static CutOffRuns read(Bays bays) {
        try {
            return new CutOffRuns(bays.unfinished());
        } catch (FotaException e) {
            LOG.warn("what cut-off runs had reached is not known: {}", e.getMessage());
            return new CutOffRuns(List.of());
        }
    }

    /** {@return a sentence for the record of a run} */
    String evidence(OpenRun run) {
        return updates.stream()
                .filter(update -> isOf(update, run))
                .findFirst()
                .map(CutOffRuns::words)
                .orElse(
                        run.board().isKnown()
                                ? "No journal of this board and file: nothing had been sent to it, or the journal is lost."
                                : "The board was not known.");
    }

    /** A journal of another board, or of another file, says nothing about this run. */
    private static boolean isOf(UnfinishedUpdate update, OpenRun run) {
        UnitIdentity board = new UnitIdentity(update.unit(), update.probe(), "");
        return update.fileSha256().equals(run.fileSha256())
                && board.isKnown()
                && run.board().isKnown()
                && !run.board().isOtherBoard(board);
    }

    private static String words(UnfinishedUpdate update) {
        return "Stage " + update.stage() + ", " + update.durablePages() + " pages durable, before it "
                + (update.from().isEmpty() ? "an unknown version" : update.from())
                + ". What the board runs now is not known: the next run asks it.";
    }
}
