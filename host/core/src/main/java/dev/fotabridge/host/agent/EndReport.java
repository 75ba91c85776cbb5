package dev.fotabridge.host.agent;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.update.UpdateEffect;
import dev.fotabridge.protocol.time.Deadline;
import java.util.Optional;

/** How far AWS is told of one job's end. Not thread-safe. */
final class EndReport {
    private long deadline = Deadline.NEVER;
    private Optional<FotaException> unkept = Optional.empty();
    private UpdateEffect.Finish endedAtAws;

    /** The end waits for AWS's answer until the deadline, nanoseconds. */
    void begin(long deadlineNanos) {
        deadline = deadlineNanos;
    }

    /** The end could not be kept on disk. */
    void unkept(FotaException cause) {
        unkept = Optional.of(cause);
    }

    /** AWS has ended the execution otherwise than is reported. The board is told before this result is given. */
    void endedAtAws(UpdateEffect.Finish result) {
        endedAtAws = result;
    }

    /** Whether AWS is being told. */
    boolean isOpen() {
        return deadline != Deadline.NEVER;
    }

    /** The result, once AWS has ended the execution otherwise. */
    Optional<UpdateEffect.Finish> endedAtAws() {
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
