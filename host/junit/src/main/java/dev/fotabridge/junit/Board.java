package dev.fotabridge.junit;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import java.nio.file.Path;
import java.util.Set;

/**
 * A board that a test has for itself. Its console is recorded all the time. Each method blocks until it is done; the time it may take
 * is that of the test (see {@link FotaBoard}), if no other is named. One thread at a time may call.
 *
 * <p>What goes wrong is a {@link BoardFailure}: the board does not answer, an update fails, time is up. It names the cause, the last
 * lines of the console, the deadline and the path of the full log.
 */
public interface Board {
    /** {@return the board's name in the rig} */
    String name();

    /** {@return what rig.yaml says the board is capable of; of a virtual board {@code virtual}, {@code modem}, {@code power-cycle} and
     *     {@code cut-line}} */
    Set<String> capabilities();

    /** {@return what the board says of itself now} */
    BoardReport info();

    /**
     * Updates the board from a file, and confirms the image. If the board runs it already, confirmed, nothing is written and the board
     * is not restarted. The time counts as {@code fotabridge.rig.flash-timeout} and not as the test's.
     *
     * @param file an MCUboot image or a modem delta
     * @return the record; its reason is SUCCEEDED or UP_TO_DATE
     * @throws BoardFailure if the update ends in any other way
     */
    UpdateRecord update(Path file);

    /**
     * Updates the board as {@link #update(Path)} does, with options.
     *
     * @param file an MCUboot image or a modem delta
     * @param options what is refused, and when the update counts as done
     * @return the record; its reason is SUCCEEDED or UP_TO_DATE
     * @throws BoardFailure if the update ends in any other way
     */
    UpdateRecord update(Path file, UpdateOptions options);

    /** {@return what the board says after a reset; it has restarted and answers} */
    BoardReport reset();

    /** {@return the board's console} */
    BoardConsole console();

    /**
     * Takes the board's power away and gives it back. A board whose rig cannot do that makes the test aborted, which reads as skipped.
     *
     * @return what the board says afterwards
     */
    BoardReport powerCycle();

    /**
     * Cuts the line between host and board: every byte of both directions is lost, until {@link #joinLine} or the test's end. A board
     * whose rig cannot do that makes the test aborted, which reads as skipped.
     */
    void cutLine();

    /** Joins the line again. Does nothing if it is not cut. */
    void joinLine();

    /**
     * Says that the board must not be used any more: tests of this process that need it are skipped and name the cause.
     *
     * @param cause one sentence; the first one counts
     */
    void markBroken(String cause);
}
