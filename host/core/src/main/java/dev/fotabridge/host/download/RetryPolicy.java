package dev.fotabridge.host.download;

import dev.fotabridge.host.api.Reason;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How often a transient fault is worth another try, and after which pause. Progress makes it patient again.
 * Tested by DownloaderTest.
 */
final class RetryPolicy {
    private static final long FIRST_PAUSE_NANOS = 500_000_000L;
    private static final long MAX_PAUSE_NANOS = 30_000_000_000L;
    private static final int MAX_TRIES = 6;
    private static final int MAX_TRIES_HOST_UNKNOWN = 2;
    /** A server that breaks off after every few bytes is no server. */
    private static final int MAX_TRIES_IN_ALL = 200;

    private int sinceProgress;
    private int inAll;

    void progress() {
        sinceProgress = 0;
    }

    /**
     * The pause before the next try, or nothing when it is enough.
     *
     * @param retryAfter the server's wish in seconds; honoured up to the longest pause
     */
    OptionalLong next(Reason reason, Optional<String> retryAfter) {
        int limit = reason == Reason.DOWNLOAD_HOST_UNKNOWN ? MAX_TRIES_HOST_UNKNOWN : MAX_TRIES;
        if (sinceProgress >= limit || inAll >= MAX_TRIES_IN_ALL) {
            return OptionalLong.empty();
        }
        long pause = FIRST_PAUSE_NANOS << sinceProgress;
        sinceProgress++;
        inAll++;
        long wished = retryAfter.map(RetryPolicy::seconds).orElse(0L) * 1_000_000_000L;
        return OptionalLong.of(Math.min(MAX_PAUSE_NANOS, Math.max(pause, wished)));
    }

    /** Retry-After may also be a date; then our own pause does. */
    private static long seconds(String header) {
        return header.matches("\\d{1,6}") ? Long.parseLong(header) : 0;
    }
}
