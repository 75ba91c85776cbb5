package dev.fotabridge.host.api;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A handle on one board's place. It is made once and serves many commands, one after the other. The first command chooses the
 * port and locks it against other processes; it stays locked until {@link #close}. A command runs on the thread that calls and
 * blocks until it has ended; what happens meanwhile is told to the observers. Any thread may call {@link #interrupt}, {@link
 * #observe} and {@link #close}.
 *
 * <p>A command throws {@link IllegalStateException} while another one runs. In a bay that is closed it ends with INTERRUPTED.
 */
public interface Bay extends AutoCloseable {
    /** The port or the serial number that the bay was made with; "the only board" without either. */
    String name();

    /**
     * Asks the board who it is.
     *
     * @param timeout how long it may take to answer
     * @throws FotaException with reason PORT_…, NO_BOARD, SEVERAL_BOARDS, NO_ANSWER, NOT_A_STUB, STUB_VERSION or INTERRUPTED
     */
    BoardReport info(Duration timeout) throws FotaException;

    /**
     * Resets the board and waits until it answers again. An image on trial is reverted by that.
     *
     * @param timeout how long it may take to answer, before and after the reset
     * @throws FotaException as {@link #info}; NOT_VERIFIED if it has not started anew, or if another board answers
     */
    BoardReport reset(Duration timeout) throws FotaException;

    /**
     * Listens to the board's console until interrupted, without a word to the board; the lines are {@link BayEvent.Log}.
     *
     * @throws FotaException INTERRUPTED, or because the port is gone
     */
    void console() throws FotaException;

    /** Brings a file to the board. After an interruption or a lost board the same call goes on where it was. */
    UpdateRecord update(Path file, UpdateOptions options);

    /**
     * Works on a thing's jobs until {@link ThingJobs#until} says.
     *
     * @return how it ended; each job has its own record in an event
     */
    UpdateRecord jobs(ThingJobs jobs, UpdateOptions options);

    /** Begins to end the command that runs, if one does, with INTERRUPTED; returns at once. The next one goes on. */
    void interrupt();

    /** From now on the observer is told what happens here. */
    Subscription observe(BayObserver observer);

    /** Interrupts what runs, waits for that, and gives the port back; within some 20 s. */
    @Override
    void close();
}
