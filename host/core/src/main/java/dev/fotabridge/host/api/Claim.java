package dev.fotabridge.host.api;

import java.util.Optional;

/**
 * A name that one holder on this computer has at a time, such as that of a board which programs share. {@link FotaBridge#claim}
 * gives it. The system takes it back when the process dies, however it dies. Any thread may call.
 */
public interface Claim extends AutoCloseable {
    /**
     * What came of a try.
     *
     * @param claim the claim; empty if another holder has the name, in this process or another
     * @param holder that one's process id in decimal, and its note after a space; one line without control characters, empty if
     *     not known
     */
    record Attempt(Optional<? extends Claim> claim, String holder) {}

    /** Gives the name back; returns at once. Closing again does nothing. */
    @Override
    void close();
}
