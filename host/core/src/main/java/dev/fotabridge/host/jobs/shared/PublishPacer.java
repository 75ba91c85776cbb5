package dev.fotabridge.host.jobs.shared;

/**
 * Keeps a connection below AWS's rate: 100 publishes a second and connection ("AWS IoT Core endpoints and quotas", message
 * broker: publish requests per second per connection); what is more AWS drops without a word. A bucket of 40 that fills
 * with 50 a second lets at most 90 through in any second. Pure; not thread-safe.
 * Tested by SharedConnectionTest.
 */
final class PublishPacer {
    static final int BURST = 40;
    static final long NANOS_EACH = 20_000_000L;

    /** When the bucket will be full, if nothing more is taken; a publish moves it by the time that one takes to fill. */
    private long fullAt = Long.MIN_VALUE;

    /** Whether one may go now; if so, it is counted. */
    boolean take(long now) {
        if (now < deadline()) {
            return false;
        }
        fullAt = Math.max(fullAt, now) + NANOS_EACH;
        return true;
    }

    /** When the next one may go; may lie in the past. */
    long deadline() {
        return fullAt == Long.MIN_VALUE ? Long.MIN_VALUE : fullAt - (BURST - 1) * NANOS_EACH;
    }
}
