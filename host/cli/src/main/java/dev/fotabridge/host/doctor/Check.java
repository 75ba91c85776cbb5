package dev.fotabridge.host.doctor;

import dev.fotabridge.host.outcome.FotaException;
import java.util.List;

/** One step of the way. It may read and ask, for a bounded time, but never changes anything. */
interface Check {
    /** One or two words, unique in an examination. */
    String name();

    /** The checks that must not have failed or been left out before, or this one could say nothing. */
    default List<String> needs() {
        return List.of();
    }

    /**
     * Looks; blocks until it knows.
     *
     * @throws FotaException when the way ends here: the reason, and a sentence about this very case
     */
    Finding run() throws FotaException;
}
