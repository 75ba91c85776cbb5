package dev.fotabridge.host.api;

import java.util.List;
import java.util.function.IntFunction;

/**
 * The bays of a process, and what they share: HTTP connections, trusted roots, the scan of ports, watchdogs, the bytes of an
 * image. {@link FotaBridge#open} makes one. Any thread may call.
 */
public interface Bays extends AutoCloseable {
    /**
     * Makes a handle on one board's place. Opens no port; returns at once.
     *
     * @param config which board, and its rates; two bays for one port are possible, but only one of them gets the port
     * @return the handle, which the caller closes, or {@link #close} does
     * @throws IllegalStateException if this is closed
     */
    Bay bay(BayConfig config);

    /**
     * Lists the USB serial ports of this computer, sorted by path and number, without opening one. Blocks for some file reads; the list is at
     * most 200 ms old. Virtual boards have no such port.
     *
     * @return empty if there is none
     */
    List<PortReport> ports();

    /**
     * Makes the job queues of things, for a program that decides itself when a job is taken; it shares downloads and images with the bays.
     * Connects with the first thing.
     *
     * @param endpoint where jobs and images come from
     * @param mqtt gives a connection by its number, from 1; each needs a client id of its own, see {@link FotaBridge#clientId}; called by
     *     {@link JobQueues#join} on its thread, when the connections before have no room
     * @param listener gets what happens
     * @return to be closed by the caller, or by {@link #close}
     * @throws FotaException CONFIGURATION or CREDENTIALS if proxies or roots cannot be used
     * @throws IllegalStateException if this is closed
     */
    JobQueues queues(JobsEndpoint endpoint, IntFunction<JobsTransport> mqtt, JobQueueListener listener)
            throws FotaException;

    /**
     * Lists the updates in this state directory that were cut off, by this process or one before it. The same update of the same board goes on
     * where it was; then, or when it ends, it is here no more. Blocks for some file reads.
     *
     * @return in no certain order; empty if there is none
     * @throws FotaException STORAGE_UNWRITABLE if the state directory cannot be read
     */
    List<UnfinishedUpdate> unfinished() throws FotaException;

    /** {@return the name of this run of the program, as given to {@link FotaBridge#open}, or 12 random hex digits} */
    String session();

    /** Asks all commands that run to end with INTERRUPTED, and every later command too; returns at once. */
    void interrupt();

    /** Interrupts all commands, waits up to 20 s for each, and ends every thread of the library. Closing again does nothing. */
    @Override
    void close();
}
