package dev.fotabridge.host.download;

/** Resolves a redirect's target against the URL that redirects (RFC 3986, 5.2). Tested by DownloaderTest. */
final class RelativeUrl {
    private RelativeUrl() {}

    /**
     * The target of a Location header.
     *
     * @throws UrlException if it is neither http nor https, or cannot be used
     */
    static DownloadUrl resolve(DownloadUrl base, String location) {
        String text = UrlParser.withoutFragment(location);
        if (text.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
            return normal(UrlParser.parse(text));
        }
        if (text.startsWith("//")) {
            return normal(UrlParser.parse(base.scheme() + ":" + text));
        }
        return normal(UrlParser.of(base.scheme(), base.authority(), target(base, text)));
    }

    private static String target(DownloadUrl base, String text) {
        if (text.isEmpty()) {
            return base.requestTarget();
        }
        if (text.startsWith("/")) {
            return text;
        }
        String path = UrlParser.withoutQuery(base.requestTarget());
        return text.startsWith("?") ? path + text : path.substring(0, path.lastIndexOf('/') + 1) + text;
    }

    private static DownloadUrl normal(DownloadUrl url) {
        String target = url.requestTarget();
        String path = UrlParser.withoutQuery(target);
        return UrlParser.of(url.scheme(), url.authority(), withoutDots(path) + target.substring(path.length()));
    }

    /** Segments "." and ".." carried out (RFC 3986, 5.2.4). */
    private static String withoutDots(String path) {
        StringBuilder done = new StringBuilder();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean up = segments[i].equals("..");
            boolean dot = up || segments[i].equals(".");
            if (up) {
                done.setLength(Math.max(0, done.lastIndexOf("/")));
            }
            if (!dot) {
                done.append('/').append(segments[i]);
            } else if (i == segments.length - 1) {
                done.append('/');
            }
        }
        return done.toString();
    }
}
