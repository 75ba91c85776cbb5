package dev.fotabridge.host.download;

import java.util.Optional;

/**
 * One GET of a byte range.
 *
 * @param url what to get
 * @param from first byte
 * @param to last byte, inclusive
 * @param ifRange a strong ETag: the server sends the range only if the object still is the same
 */
public record RangeRequest(DownloadUrl url, long from, long to, Optional<String> ifRange) {
    /** The Range header's value. */
    public String range() {
        return "bytes=" + from + "-" + to;
    }
}
