package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;

/** The database behind a {@link Ledger}. */
interface LedgerAccess {
    /**
     * Does the work in a transaction; blocks until it is durable.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE, and nothing is stored
     */
    <T> T write(LedgerWork<T> work) throws FotaException;

    /**
     * Reads what is durable; blocks.
     *
     * @throws FotaException STORAGE_UNWRITABLE if the database cannot be read
     */
    <T> T read(LedgerWork<T> work) throws FotaException;
}
