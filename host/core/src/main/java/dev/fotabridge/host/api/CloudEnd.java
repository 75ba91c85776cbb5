package dev.fotabridge.host.api;

import java.util.Optional;

/**
 * What AWS was to be told of an update, and what became of that.
 *
 * @param intended the final state that the execution was to get: SUCCEEDED, FAILED or REJECTED
 * @param answered the final state that AWS has; empty while unknown
 * @param problem why AWS has another one, or none; empty if it took it, or still may
 */
public record CloudEnd(AtAws intended, Optional<String> answered, Optional<RunEnd> problem) {
    /** Nothing has been answered yet. */
    public static CloudEnd waiting(AtAws intended) {
        return new CloudEnd(intended, Optional.empty(), Optional.empty());
    }

    /** AWS has taken it. */
    public CloudEnd taken() {
        return new CloudEnd(intended, Optional.of(intended.name()), Optional.empty());
    }

    /** AWS has another one, or none as far as is known. */
    public CloudEnd failed(Optional<String> other, RunEnd why) {
        return new CloudEnd(intended, other, Optional.of(why));
    }
}
