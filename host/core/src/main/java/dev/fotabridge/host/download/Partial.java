package dev.fotabridge.host.download;

import java.util.Optional;

/**
 * What is on disk of an object.
 * Tested by DownloaderTest.
 *
 * @param offset bytes, from the object's first one
 * @param total the object's size, -1 if it is not known
 * @param etag strong ETag of the object, if the server gave one
 */
record Partial(long offset, long total, Optional<String> etag) {
    static Partial none() {
        return new Partial(0, -1, Optional.empty());
    }

    boolean isComplete() {
        return total >= 0 && offset == total;
    }
}
