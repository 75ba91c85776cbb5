package dev.fotabridge.host.api;

/**
 * A command has failed for a {@link Reason}. The message is one sentence about this very case (which file, which port, expected
 * and seen); the reason adds what to try.
 */
public final class FotaException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why the command failed; part of the serialized form. */
    private final Reason reason;

    /**
     * Makes an exception without a cause.
     *
     * @param reason why the command failed
     * @param message one sentence about this very case
     */
    public FotaException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * Makes an exception with a cause.
     *
     * @param reason why the command failed
     * @param message one sentence about this very case
     * @param cause for a log; the message does not need it
     */
    public FotaException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** {@return why the command failed} */
    public Reason reason() {
        return reason;
    }
}
