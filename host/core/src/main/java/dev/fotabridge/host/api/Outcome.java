package dev.fotabridge.host.api;

/** How a command ended, in one word: the {@code outcome} of a RESULT. Every {@link Reason} has one. */
public enum Outcome {
    /** The update is done. */
    SUCCEEDED,
    /** The board already runs this image, confirmed; nothing was written. */
    UP_TO_DATE,
    /** Something outside of the update is wrong (usage, configuration, port, cloud, a bug), which the next job would meet too. */
    ERROR,
    /** The update failed; the same update may succeed later. */
    FAILED,
    /** The image or the job document can never fit this board. */
    REFUSED,
    /** No job came in time. */
    NO_JOB,
    /** The board runs its old image: MCUboot refused the new one or reverted it. */
    REVERTED,
    /** AWS ended the job: it was cancelled, deleted, timed out or taken over. */
    CANCELED,
    /** Some boards of several succeeded. */
    PARTIAL,
    /** The caller or a signal ended the command; the same command goes on where it was. */
    INTERRUPTED
}
