package dev.fotabridge.host.download;

import java.util.Optional;

/**
 * The head of a reply, as the server sent it.
 *
 * @param status 100 to 599
 * @param contentRange header Content-Range
 * @param contentLength header Content-Length in bytes, -1 if there is none
 * @param etag header ETag with its quotes
 * @param contentEncoding header Content-Encoding
 * @param location header Location; may hold a credential
 * @param retryAfter header Retry-After
 * @param error what the server says of a request that it refuses
 */
public record ReplyHead(
        int status,
        Optional<String> contentRange,
        long contentLength,
        Optional<String> etag,
        Optional<String> contentEncoding,
        Optional<String> location,
        Optional<String> retryAfter,
        ServerError error) {
    /** A head without a word on what is wrong. */
    public ReplyHead(
            int status,
            Optional<String> contentRange,
            long contentLength,
            Optional<String> etag,
            Optional<String> contentEncoding,
            Optional<String> location,
            Optional<String> retryAfter) {
        this(status, contentRange, contentLength, etag, contentEncoding, location, retryAfter, ServerError.none());
    }

    /** Leaves out the headers that may hold a credential. */
    @Override
    public String toString() {
        return "status " + status + ", Content-Range " + contentRange.orElse("none") + ", Content-Length "
                + contentLength;
    }
}
