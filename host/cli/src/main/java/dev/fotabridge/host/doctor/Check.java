package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;

/**
 * One check. It reads and asks, for a bounded time, and changes nothing.
 *
 * @param <T> what it hands on to later checks; Void if nothing
 */
@FunctionalInterface
interface Check<T> {
    /**
     * Checks; blocks until it knows.
     *
     * @throws FotaException when an update would fail here: the reason, and a sentence about this very case
     */
    CheckResult<T> run() throws FotaException;
}
