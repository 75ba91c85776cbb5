package dev.fotabridge.host.download;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A satisfied Content-Range (RFC 9110, 14.4) with a known total. Fields are bytes, {@code last} inclusive.
 * Tested by DownloaderTest.
 */
record ContentRange(long first, long last, long total) {
    /** 15 digits are more than any object has, and fit a long. */
    private static final Pattern FORM =
            Pattern.compile("bytes (\\d{1,15})-(\\d{1,15})/(\\d{1,15})", Pattern.CASE_INSENSITIVE);

    static Optional<ContentRange> parse(String header) {
        Matcher matcher = FORM.matcher(header.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ContentRange range = new ContentRange(
                Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
        return range.first <= range.last && range.last < range.total ? Optional.of(range) : Optional.empty();
    }

    /** Whether a Content-Length, -1 for none, says the same. */
    boolean agreesWith(long contentLength) {
        return contentLength < 0 || contentLength == last - first + 1;
    }

    @Override
    public String toString() {
        return "bytes " + first + "-" + last + "/" + total;
    }
}
