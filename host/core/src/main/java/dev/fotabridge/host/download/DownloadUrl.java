package dev.fotabridge.host.download;

import java.util.Locale;
import java.util.Objects;

/**
 * Where an object is. Path and query are kept byte for byte, since a presigned URL's signature covers them. The text of
 * {@link #toString} is safe for logs: the query, which is a credential, is left out.
 * Tested by JobDocumentTest.
 */
public final class DownloadUrl {
    private final boolean tls;
    private final String host;
    private final int port;
    private final String path;
    private final String query;

    DownloadUrl(boolean tls, String host, int port, String path, String query) {
        this.tls = tls;
        this.host = host;
        this.port = port;
        this.path = path;
        this.query = query;
    }

    /**
     * Parses an absolute http or https URL.
     *
     * @throws UrlException with a sentence that does not show the query
     */
    public static DownloadUrl parse(String url) {
        return UrlParser.parse(url);
    }

    /**
     * Joins the parts of a job document's second form.
     *
     * @param scheme http or https, of any case, with or without a colon behind it
     * @param authority host, or host:port, or [IPv6]:port
     * @param pathAndQuery with or without a leading slash; kept byte for byte otherwise
     * @throws UrlException with a sentence that does not show the query
     */
    public static DownloadUrl of(String scheme, String authority, String pathAndQuery) {
        return UrlParser.of(scheme, authority, pathAndQuery);
    }

    /** Whether this is https. */
    public boolean tls() {
        return tls;
    }

    /** {@code https} or {@code http}. */
    public String scheme() {
        return tls ? "https" : "http";
    }

    /** Host name or address, lower case; an IPv6 address without brackets. */
    public String host() {
        return host;
    }

    /** 1 to 65 535; the scheme's default when the URL names none. */
    public int port() {
        return port;
    }

    /** Path and query as they go into the request line, beginning with a slash. A credential: never log it. */
    public String requestTarget() {
        return query == null ? path : path + "?" + query;
    }

    /** Host and, unless it is the scheme's default, port, as the Host header has it. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    /**
     * Names the object without the query: two presigned URLs of one object have the same identity. It is what the journal
     * of a partial download keeps.
     */
    public String identity() {
        return scheme() + "://" + authority() + path;
    }

    /** Whether there is a query, as in a presigned URL. */
    public boolean hasQuery() {
        return query != null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DownloadUrl that
                && identity().equals(that.identity())
                && Objects.equals(query, that.query);
    }

    @Override
    public int hashCode() {
        return Objects.hash(identity(), query);
    }

    /** The identity, and a sign that there is a query which is not shown. */
    @Override
    public String toString() {
        return identity() + (query == null ? "" : "?<redacted>");
    }

    static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
