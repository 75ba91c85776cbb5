package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.UpdateRecord;
import java.util.List;

/** Tells people or programs what happens at several boards. Any thread may call. */
interface BoardsPrinter extends AutoCloseable {
    /** Returns the printer of one board's events; for one thread at a time. */
    EventPrinter of(Bay bay);

    /**
     * All boards have ended; nothing follows.
     *
     * @param all how the command ended
     */
    void end(List<BoardEnd> ends, UpdateRecord all);

    /** Ends what the printer has started; needed where an exception comes before the end. */
    @Override
    default void close() {}
}
