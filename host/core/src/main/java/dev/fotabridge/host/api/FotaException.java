package dev.fotabridge.host.api;

/**
 * Something ended for a reason of {@link Reason}. The message is one sentence about this very case (which file, which
 * port, expected and seen); the reason adds what to try.
 */
public final class FotaException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public FotaException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public FotaException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
