package dev.fotabridge.host.download;

import java.util.Optional;

/** Which bytes of which object are there and which come next. Tested by DownloaderTest. */
final class RangePlan {
    /** Bytes of one request: most images are one, and a server that stalls is asked again soon enough. */
    static final long PIECE_BYTES = 1 << 20;

    private long offset;
    private long total;
    private Optional<String> etag;

    RangePlan(Partial kept) {
        offset = kept.offset();
        total = kept.total();
        etag = kept.etag();
    }

    long offset() {
        return offset;
    }

    /** -1 as long as it is not known. */
    long total() {
        return total;
    }

    Optional<String> etag() {
        return etag;
    }

    /** The last byte to ask for, inclusive. */
    long to() {
        long end = offset + PIECE_BYTES;
        return (total >= 0 ? Math.min(end, total) : end) - 1;
    }

    /** Only what is already there needs protection from a change. */
    Optional<String> ifRange() {
        return offset == 0 ? Optional.empty() : etag;
    }

    boolean isComplete() {
        return total >= 0 && offset == total;
    }

    boolean isOfAnotherObject(long newTotal, Optional<String> newEtag) {
        boolean otherEtag = etag.isPresent() && newEtag.isPresent() && !etag.equals(newEtag);
        return offset > 0 && (otherEtag || total >= 0 && total != newTotal);
    }

    void learn(long newTotal, Optional<String> newEtag) {
        total = newTotal;
        if (newEtag.isPresent()) {
            etag = newEtag.filter(RangePlan::isStrong);
        }
    }

    void advance(int count) {
        offset += count;
    }

    void restart() {
        offset = 0;
        total = -1;
        etag = Optional.empty();
    }

    /** A weak ETag promises nothing about bytes (RFC 9110, 8.8.1), and If-Range does not take it. */
    private static boolean isStrong(String etag) {
        return etag.length() >= 2 && etag.length() <= 256 && etag.startsWith("\"") && etag.endsWith("\"");
    }

    @Override
    public String toString() {
        return offset + " of " + total;
    }
}
