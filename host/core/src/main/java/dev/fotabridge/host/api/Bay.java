package dev.fotabridge.host.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A handle on one board's place. It is made once and serves many commands, one after the other: {@link #info}, {@link #reset},
 * {@link #console}, {@link #update} and {@link #jobs}. The first command that needs the port chooses it and locks it against
 * other processes; it stays locked until {@link #close}. A command runs on the calling thread and blocks until it has ended;
 * observers get what happens meanwhile. Any thread may call {@link #interrupt}, {@link #observe} and {@link #close}.
 *
 * <p>A command throws {@link IllegalStateException} if another command of this bay runs. If the bay is closed, the command ends
 * with the reason INTERRUPTED.
 */
public interface Bay extends AutoCloseable {
    /** {@return the port or the serial number that the bay was made with; "the only board" if it was made with neither} */
    String name();

    /** {@return path of the port that was chosen; empty before the first command that needs it} */
    Optional<String> port();

    /**
     * Asks the board what it is and what it runs.
     *
     * @param timeout how long the board may take to answer
     * @return the board's answer
     * @throws FotaException with one of the reasons NO_BOARD, SEVERAL_BOARDS, PORT_BUSY, PORT_FORBIDDEN, PORT_MISSING,
     *     LOCK_UNAVAILABLE, CONFIGURATION (the serial library cannot be loaded), NO_ANSWER, NOT_A_STUB, STUB_VERSION and
     *     INTERRUPTED
     */
    BoardReport info(Duration timeout) throws FotaException;

    /**
     * Resets the board and waits until it answers again. An image on trial is reverted by that.
     *
     * @param timeout how long the board may take to answer, before the reset and again after it
     * @return the board's answer after the reset
     * @throws FotaException as {@link #info}; LINK_LOST if the board does not answer the request to reset; NOT_VERIFIED if the
     *     board has not restarted, or if another board answers
     */
    BoardReport reset(Duration timeout) throws FotaException;

    /**
     * Listens to the board's console until {@link #interrupt} or {@link #close}. Sends nothing to the board. Each line is a
     * {@link BayEvent.Log}.
     *
     * @throws FotaException always, since nothing else ends it: INTERRUPTED, or why the port cannot be had or is gone
     */
    void console() throws FotaException;

    /**
     * Updates the board from a file: an MCUboot image or a modem delta. If it was interrupted or the board was lost, the same
     * call goes on where it was.
     *
     * @param file the image; it is read whole before the board is touched
     * @param options what is refused, and when the update counts as done
     * @return how the update ended; a failure is in the record and not an exception
     */
    UpdateRecord update(Path file, UpdateOptions options);

    /**
     * Updates the board from an image in memory. If it was interrupted or the board was lost, the same call goes on where it was.
     *
     * @param image from {@link FotaBridge#image}; many bays may use one at the same time
     * @param options what is refused, and when the update counts as done
     * @return how the update ended; a failure is in the record and not an exception
     * @throws IllegalArgumentException if the image comes from elsewhere
     */
    default UpdateRecord update(UpdateImage image, UpdateOptions options) {
        return update(image, options, UpdateGate.OPEN);
    }

    /**
     * Updates the board from an image in memory, and tells each phase before it begins. If it was interrupted or the board was lost, the
     * same call goes on where it was.
     *
     * @param image from {@link FotaBridge#image}; many bays may use one at the same time
     * @param options what is refused, and when the update counts as done
     * @param gate hears of each phase before the board does
     * @return how the update ended; a failure is in the record and not an exception
     * @throws IllegalArgumentException if the image comes from elsewhere
     */
    UpdateRecord update(UpdateImage image, UpdateOptions options, UpdateGate gate);

    /**
     * Asks the board what {@link #update(Path, UpdateOptions)} would do, with the same checks in the same order. Sends HELLO and requests for digests, and
     * changes nothing on the board. Observers get the phases CHECK and CONNECT, and no end.
     *
     * @param file the image
     * @param options what is refused, and when the update counts as done
     * @return what would be done or refused; a failure is in its end and not an exception
     */
    UpdateForecast forecast(Path file, UpdateOptions options);

    /**
     * Works on a thing's jobs until what {@link ThingJobs#until} names.
     *
     * @param jobs whose jobs, by which connection, until when; a {@link ThingJobs.Connection.Attached} transport is closed at
     *     the end
     * @param options what is refused, and when an update counts as done; with {@link ThingJobs.Until#ONE_JOB} the timeout is
     *     also how long to wait for a job
     * @return how the work ended; each job has its own record in {@link BayEvent.Ended} and {@link BayEvent.Reported}
     * @throws IllegalArgumentException if the name of the thing, or of the session, is out of its range
     */
    UpdateRecord jobs(ThingJobs jobs, UpdateOptions options);

    /**
     * Takes the update that runs back; returns at once. Before MARK the slot is made harmless, after it the board returns to its old
     * image. If the board had confirmed the new image already, or ends otherwise meanwhile, that is what the record says. Does nothing
     * if no update from a file or an image runs.
     *
     * @param why reason and sentence of the record if the update is taken back
     */
    void cancel(RunEnd why);

    /**
     * Asks the command that runs to end with INTERRUPTED; returns at once. Does nothing if no command runs. A later command is
     * not affected, and an update goes on where it was.
     */
    void interrupt();

    /**
     * Adds an observer, which gets the events of this bay from now on. Returns at once.
     *
     * @param observer called on a thread of the library, one event at a time
     * @return the observer's place, by which it can be removed
     */
    Subscription observe(BayObserver observer);

    /**
     * Interrupts the command that runs, waits up to 20 s for its end, and gives the port back. A command that takes longer gives
     * the port back when it ends. Not to be called by the thread of a command. Closing again does nothing.
     */
    @Override
    void close();
}
