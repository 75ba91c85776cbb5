package dev.fotabridge.host.download;

import dev.fotabridge.host.download.UrlException.Part;

/**
 * Takes URLs apart without changing a byte of path and query; java.net.URI would refuse or re-encode some of them.
 * Tested by JobDocumentTest.
 */
final class UrlParser {
    /** Presigned URLs with a session token stay below 4 096 characters; a job document below 32 768. */
    static final int MAX_LENGTH = 8_192;

    private UrlParser() {}

    static DownloadUrl parse(String url) {
        int colon = url.indexOf("://");
        if (colon < 0) {
            throw new UrlException(
                    Part.PROTOCOL, UrlException.quoted(url) + " does not begin with https:// or http://");
        }
        String rest = url.substring(colon + 3);
        int end = firstOf(rest, "/?#");
        return of(url.substring(0, colon), rest.substring(0, end), rest.substring(end));
    }

    static DownloadUrl of(String scheme, String authority, String pathAndQuery) {
        boolean tls = isTls(scheme);
        if (authority.length() + pathAndQuery.length() > MAX_LENGTH) {
            throw new UrlException(Part.PATH, "the URL is longer than " + MAX_LENGTH + " characters");
        }
        String host = HostName.host(authority);
        int port = HostName.port(authority, tls);
        checkCharacters(pathAndQuery);
        String target = withoutFragment(pathAndQuery);
        String path = withoutQuery(target);
        String query = path.length() == target.length() ? null : target.substring(path.length() + 1);
        return new DownloadUrl(tls, host, port, path.startsWith("/") ? path : "/" + path, query);
    }

    /** As people write it: "https", "https:", "https://", and the same of http, in any case. */
    private static boolean isTls(String scheme) {
        String name = DownloadUrl.lowerCase(scheme);
        if (name.matches("https(:(//)?)?")) {
            return true;
        }
        if (name.matches("http(:(//)?)?")) {
            return false;
        }
        throw new UrlException(Part.PROTOCOL, UrlException.quoted(scheme) + " is neither http nor https");
    }

    static String withoutFragment(String target) {
        return target.substring(0, firstOf(target, "#"));
    }

    static String withoutQuery(String target) {
        return target.substring(0, firstOf(target, "?"));
    }

    private static void checkCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                throw new UrlException(
                        Part.PATH,
                        UrlException.quoted(text)
                                + " contains a blank, a control character or one outside ASCII: encode it as %XX");
            }
        }
    }

    private static int firstOf(String text, String stops) {
        int at = 0;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
