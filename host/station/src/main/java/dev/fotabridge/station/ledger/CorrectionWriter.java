package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Adds a correction to a ledger from outside of its station, whether one runs or not.
 *
 * <p>Only one station uses a state directory, because a station has bays in memory and decides by them. A correction decides nothing: it is
 * one row, no rule of a station reads it, and the tables' triggers hold here as they do there. So it does not need the station's lock. It
 * takes SQLite's: BEGIN IMMEDIATE waits up to 2 s for the station's transaction, and the station's writer waits as long for this one, which
 * takes as long as one write to the disk. Through the API it would need a station that runs, and the engineer's token; here the right to
 * write the file is what a person needs.
 */
public final class CorrectionWriter {
    private CorrectionWriter() {}

    /**
     * Adds a correction; blocks until it is on disk.
     *
     * @param directory the state directory, with a ledger that {@link LedgerReader#open} takes
     * @throws FotaException USAGE if there is no such run or the field is none that can be corrected; CONFIGURATION if the tables are
     *     those of an older program; STORAGE_FULL or STORAGE_UNWRITABLE
     */
    public static void add(Path directory, Correction correction) throws FotaException {
        Path file = directory.resolve(LedgerFile.NAME);
        try (Handle handle = Jdbi.create(LedgerConnections.guest(file)).open()) {
            LedgerSchema.requireCurrent(LedgerFile.name(file), LedgerSchema.version(handle));
            Corrections.add(new OneWrite(LedgerFile.name(file), handle), correction);
        } catch (RuntimeException e) {
            throw LedgerFailure.of(LedgerFile.name(file), e);
        }
    }

    /** A connection for one transaction. */
    private record OneWrite(String place, Handle handle) implements LedgerAccess {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T write(LedgerWork<T> work) throws FotaException {
            LedgerTransaction.Outcome outcome =
                    new LedgerTransaction(handle).run(List.of(work)).get(0);
            if (outcome.failure() != null) {
                throw LedgerFailure.of(place, outcome.failure());
            }
            return (T) outcome.value();
        }

        @Override
        public <T> T read(LedgerWork<T> work) {
            return work.on(handle);
        }
    }
}
