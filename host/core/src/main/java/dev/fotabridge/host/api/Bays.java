package dev.fotabridge.host.api;

/**
 * The bays of a process, and what they share: HTTP connections, trusted roots, the scan of ports, watchdogs, the bytes of an
 * image. {@link FotaBridge#open} makes one. Any thread may call.
 */
public interface Bays extends AutoCloseable {
    /**
     * A handle on one board's place; opens nothing yet.
     *
     * @throws IllegalStateException if this is closed
     */
    Bay bay(BayConfig config);

    /** Names this run of the program. */
    String session();

    /** Begins to end all commands, and every one that is given from now on, with INTERRUPTED; returns at once. */
    void interrupt();

    /** Closes all bays, and ends every thread of the library's; within some 20 s. */
    @Override
    void close();
}
