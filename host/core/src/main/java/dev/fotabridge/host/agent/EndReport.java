package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.protocol.time.Deadline;
import java.util.Optional;

/** How far AWS is told of one job's end. Not thread-safe. Tested by EndReportIT. */
final class EndReport {
    private long deadline = Deadline.NEVER;
    private Optional<FotaException> unkept = Optional.empty();
    private CloudEnd waiting;
    private CloudEnd endedAtAws;

    /**
     * The end waits for AWS's answer until the deadline, nanoseconds.
     *
     * @param intended what AWS is told
     */
    void begin(AtAws intended, long deadlineNanos) {
        waiting = CloudEnd.waiting(intended);
        deadline = deadlineNanos;
    }

    /** The end could not be kept on disk. */
    void unkept(FotaException cause) {
        unkept = Optional.of(cause);
    }

    /** AWS has ended the execution otherwise than is reported. The board is told before this is given as the result. */
    void endedAtAws(RunEnd why) {
        endedAtAws = waiting.failed(stateAtAws(why.reason()), why);
    }

    /** Returns AWS's name of the state in which an execution ended for this reason; empty if it is not known. */
    static Optional<String> stateAtAws(Reason reason) {
        return reason == Reason.JOB_CANCELED
                ? Optional.of("CANCELED")
                : Optional.of("TIMED_OUT").filter(state -> reason == Reason.JOB_TIMED_OUT);
    }

    /** Whether AWS is being told. */
    boolean isOpen() {
        return waiting != null;
    }

    /** What AWS is told, unanswered; only while it is. */
    CloudEnd waiting() {
        return waiting;
    }

    /** The result, once AWS has ended the execution otherwise. */
    Optional<CloudEnd> endedAtAws() {
        return Optional.ofNullable(endedAtAws);
    }

    boolean isLate(long now) {
        return now >= deadline;
    }

    long deadline() {
        return deadline;
    }

    /** Why the end is not on disk; empty if it is. */
    Optional<FotaException> unkept() {
        return unkept;
    }
}
