package dev.fotabridge.station.live;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.Ledger;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Yields of the runs that began since the station was started, or since its release was reloaded. A unit counts once for each file; one
 * without an identity does not count. Each run costs one search by an index, and a look nothing. For one thread at a time.
 * Tested by YieldsTest.
 */
final class Yields {
    private static final Logger LOG = LoggerFactory.getLogger(Yields.class);

    private final Ledger ledger;
    private YieldCount count = new YieldCount();
    private long after;

    /** @throws FotaException STORAGE_UNWRITABLE if the ledger cannot be read */
    Yields(Ledger ledger) throws FotaException {
        this.ledger = ledger;
        after = ledger.newestRun();
    }

    /** Counts from now on. */
    void restart() throws FotaException {
        after = ledger.newestRun();
        count = new YieldCount();
    }

    /** The end of a run is stored. */
    void ended(StationRecord last) {
        UnitIdentity board = new UnitIdentity(last.unit(), last.probe(), last.scan());
        try {
            count.ended(ledger.runsOf(board, last.fileSha256(), after));
        } catch (FotaException e) {
            LOG.warn("the run {} is not in the yields: {}", last.runId(), e.getMessage());
        }
    }

    Optional<Double> first() {
        return count.first();
    }

    Optional<Double> last() {
        return count.last();
    }
}
