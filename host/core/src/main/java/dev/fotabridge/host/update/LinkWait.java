package dev.fotabridge.host.update;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.protocol.time.Deadline;

/**
 * A wait for the board: until when, when to try next, and what it means if nobody comes. Pure.
 *
 * @param deadlineNanos when it is given up
 * @param retryNanos when to try the next connection; Deadline.NEVER while one is being tried
 * @param reason of the end if nobody comes
 * @param sentence for that end
 */
record LinkWait(long deadlineNanos, long retryNanos, Reason reason, String sentence) {
    private static final long RETRY_NANOS = 500_000_000L;

    static LinkWait until(long deadlineNanos, Reason reason, String sentence) {
        return new LinkWait(deadlineNanos, Deadline.NEVER, reason, sentence);
    }

    /** The next try comes after a pause, so that a port that cannot be opened is not asked in a hot loop. */
    LinkWait paused(long now) {
        return retryAt(now + RETRY_NANOS);
    }

    LinkWait retryAt(long at) {
        return new LinkWait(deadlineNanos, at, reason, sentence);
    }

    /** The same wait, whose end means something else. */
    LinkWait meaning(Reason otherReason, String otherSentence) {
        return new LinkWait(deadlineNanos, retryNanos, otherReason, otherSentence);
    }

    LinkWait trying() {
        return new LinkWait(deadlineNanos, Deadline.NEVER, reason, sentence);
    }

    long nextNanos() {
        return Math.min(deadlineNanos, retryNanos);
    }
}
