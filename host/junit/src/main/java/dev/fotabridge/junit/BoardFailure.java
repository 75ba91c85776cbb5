package dev.fotabridge.junit;

import dev.fotabridge.host.api.Reason;
import java.util.Optional;

/**
 * A board did not do what the test asked for. The message has a sentence about this very case, then the last lines of the console, the
 * deadline, and the path of the full log.
 */
public final class BoardFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    /** Why; null if the library has no reason for it. Part of the serialized form. */
    private final Reason reason;

    BoardFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** {@return why the command to the board failed; empty if a line did not come in time, or came that must not} */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }
}
