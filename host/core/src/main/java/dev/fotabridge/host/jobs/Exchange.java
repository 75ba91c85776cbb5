package dev.fotabridge.host.jobs;

import dev.fotabridge.protocol.time.Deadline;

/**
 * One request at a time: which token is awaited until when, and how long to wait before the next try. Back-off doubles
 * from 1 s to 64 s with every failure in a row.
 * Tested by JobsAgentTest.
 */
final class Exchange {
    private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
    private static final int MAX_DOUBLINGS = 6;

    private final long replyTimeoutNanos;
    private String token;
    private long expiresAt;
    private long notBefore = Long.MIN_VALUE;
    private int failureCount;
    private int lostReplyCount;

    Exchange(long replyTimeoutNanos) {
        this.replyTimeoutNanos = replyTimeoutNanos;
    }

    boolean isOpen() {
        return token != null;
    }

    boolean mayStart(long now) {
        return token == null && now >= notBefore;
    }

    void start(String newToken, long now) {
        token = newToken;
        expiresAt = now + replyTimeoutNanos;
    }

    /** Whether a reply belongs to the open request; one without a token is taken as meant for it. */
    boolean matches(JobsReply reply) {
        return token != null && reply.clientToken().map(token::equals).orElse(true);
    }

    /** A reply came: the next request may go out at once. */
    void succeed() {
        token = null;
        failureCount = 0;
        lostReplyCount = 0;
        notBefore = Long.MIN_VALUE;
    }

    /** A reply came that asks for patience. */
    void fail(long now) {
        token = null;
        lostReplyCount = 0;
        notBefore = now + (FIRST_PAUSE_NANOS << Math.min(failureCount++, MAX_DOUBLINGS));
    }

    /** Whether the open request has waited too long; then it is open no more, and the next may go out at once. */
    boolean expire(long now) {
        if (token == null || now < expiresAt) {
            return false;
        }
        token = null;
        lostReplyCount++;
        return true;
    }

    /** Requests in a row that nobody answered. */
    int lostReplyCount() {
        return lostReplyCount;
    }

    /** The connection is gone, and with it every reply. */
    void drop() {
        token = null;
        failureCount = 0;
        lostReplyCount = 0;
        notBefore = Long.MIN_VALUE;
    }

    /** When something is due: a reply that is late, or the end of a pause if something {@code isWaiting}. */
    long deadline(boolean isWaiting) {
        if (token != null) {
            return expiresAt;
        }
        return isWaiting && notBefore != Long.MIN_VALUE ? notBefore : Deadline.NEVER;
    }
}
