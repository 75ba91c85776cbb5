package dev.fotabridge.host.download;

/** Takes URLs apart without changing a byte of path and query; java.net.URI would refuse or re-encode some of them. */
final class UrlParser {
    /** Presigned URLs with a session token stay below 4 096 characters; a job document below 32 768. */
    static final int MAX_LENGTH = 8_192;

    private static final int MAX_HOST_LENGTH = 255;

    private UrlParser() {}

    static DownloadUrl parse(String url) {
        int colon = url.indexOf("://");
        if (colon < 0) {
            throw new IllegalArgumentException("the URL does not begin with https:// or http://");
        }
        String rest = url.substring(colon + 3);
        int end = firstOf(rest, "/?#");
        return of(url.substring(0, colon), rest.substring(0, end), rest.substring(end));
    }

    /** A redirect's target: absolute, without scheme, from the root, or beside the base. */
    static DownloadUrl resolve(DownloadUrl base, String location) {
        if (location.regionMatches(true, 0, "http://", 0, 7) || location.regionMatches(true, 0, "https://", 0, 8)) {
            return parse(location);
        }
        if (location.startsWith("//")) {
            return parse(base.scheme() + ":" + location);
        }
        if (location.startsWith("/")) {
            return of(base.scheme(), base.authority(), location);
        }
        if (location.indexOf(':') >= 0 && location.indexOf(':') < firstOf(location, "/?#")) {
            throw new IllegalArgumentException("it is neither http nor https");
        }
        String identity = base.identity();
        return parse(identity.substring(0, identity.lastIndexOf('/') + 1) + location);
    }

    static DownloadUrl of(String scheme, String authority, String pathAndQuery) {
        boolean tls = isTls(scheme);
        checkCharacters(pathAndQuery);
        if (authority.length() + pathAndQuery.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the URL is longer than " + MAX_LENGTH + " characters");
        }
        String target = withoutFragment(pathAndQuery);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? null : target.substring(question + 1);
        String rooted = path.startsWith("/") ? path : "/" + path;
        int portAt = portSeparator(authority);
        String host = host(portAt < 0 ? authority : authority.substring(0, portAt));
        int port = portAt < 0 ? (tls ? 443 : 80) : port(authority.substring(portAt + 1));
        return new DownloadUrl(tls, host, port, rooted, query);
    }

    private static boolean isTls(String scheme) {
        String name = DownloadUrl.lowerCase(scheme);
        if (name.equals("https") || name.equals("https:")) {
            return true;
        }
        if (name.equals("http") || name.equals("http:")) {
            return false;
        }
        throw new IllegalArgumentException("the protocol must be http or https");
    }

    private static String withoutFragment(String target) {
        int hash = target.indexOf('#');
        return hash < 0 ? target : target.substring(0, hash);
    }

    /** The colon before a port; colons inside an IPv6 literal's brackets do not count. */
    private static int portSeparator(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : -1;
    }

    private static String host(String text) {
        String host = text;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (!host.matches("[0-9a-fA-F:.]{2,45}") || host.indexOf(':') < 0) {
                throw new IllegalArgumentException("the URL's host is not an IPv6 address");
            }
            return DownloadUrl.lowerCase(host);
        }
        // An "@" would be user information: a way to make a URL look as if it named another host.
        if (host.isEmpty() || host.length() > MAX_HOST_LENGTH || !host.matches("[0-9A-Za-z._-]+")) {
            throw new IllegalArgumentException("the URL has no valid host name");
        }
        return DownloadUrl.lowerCase(host);
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("the URL's port is not a number");
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the URL's port is not between 1 and 65535");
        }
        return port;
    }

    private static void checkCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                throw new IllegalArgumentException(
                        "the URL contains a blank, a control character or one outside ASCII: encode it as %XX");
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
