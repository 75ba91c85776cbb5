package dev.fotabridge.station.ledger;

import org.jdbi.v3.core.Handle;

/**
 * Something to be done in a transaction of the ledger.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
interface LedgerWork<T> {
    T on(Handle handle);
}
