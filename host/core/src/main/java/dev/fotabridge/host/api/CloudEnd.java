package dev.fotabridge.host.api;

import java.util.Optional;

/**
 * What AWS was to be told of an update, and what it answered.
 *
 * @param intended final state that the job execution was to get: SUCCEEDED, FAILED or REJECTED
 * @param answered final state that the execution has at AWS, by AWS's name, such as CANCELED; empty while unknown
 * @param problem why the execution has another state, or none yet; empty if AWS took the intended one, or still may
 */
public record CloudEnd(AtAws intended, Optional<String> answered, Optional<RunEnd> problem) {
    /**
     * {@return a report that AWS has not answered yet}
     *
     * @param intended SUCCEEDED, FAILED or REJECTED
     */
    public static CloudEnd waiting(AtAws intended) {
        return new CloudEnd(intended, Optional.empty(), Optional.empty());
    }

    /** {@return a copy in which AWS has taken the intended state} */
    public CloudEnd taken() {
        return new CloudEnd(intended, Optional.of(intended.name()), Optional.empty());
    }

    /**
     * {@return a copy in which AWS has not taken the intended state}
     *
     * @param other final state at AWS; empty if not known
     * @param why what went wrong
     */
    public CloudEnd failed(Optional<String> other, RunEnd why) {
        return new CloudEnd(intended, other, Optional.of(why));
    }
}
