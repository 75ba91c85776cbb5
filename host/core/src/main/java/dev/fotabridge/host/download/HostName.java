package dev.fotabridge.host.download;

import com.google.common.net.InetAddresses;
import dev.fotabridge.host.download.UrlException.Part;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Reads what stands between "//" and the path: host name, IPv4 address or bracketed IPv6 address, and a port.
 * Tested by DocumentTrapsTest.
 */
final class HostName {
    private static final int MAX_LENGTH = 255;

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z._-]+");
    private static final Pattern V6 = Pattern.compile("\\[(?=.*:)[0-9a-fA-F:.]{2,45}]");

    /** The longest part between two dots (RFC 1035, 2.3.4). */
    private static final int MAX_LABEL_LENGTH = 63;

    /** Names whose last label is a number are IPv4 addresses to many resolvers, in forms of their own (WHATWG URL, 4.2). */
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    /** One number from 0 to 255 for each byte, without leading zeros, which some resolvers take for octal. */
    private static final Pattern V4 =
            Pattern.compile("(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?!$)|$)){4}");

    private HostName() {}

    /** The host in lower case, without port and brackets. */
    static String host(String authority) {
        int colon = portSeparator(authority);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        if (V6.matcher(host).matches()) {
            requireAddress(authority, host);
            return DownloadUrl.lowerCase(host.substring(1, host.length() - 1));
        }
        refuseMoreThanAHost(authority);
        if (host.length() > MAX_LENGTH || !NAME.matcher(host).matches() || !hasLabels(host)) {
            throw refused(authority, "is no host name");
        }
        if (NUMERIC.matcher(host).matches() && !V4.matcher(host).matches()) {
            throw refused(
                    authority, "is an address that programs read in different ways; write it as four decimal numbers");
        }
        return DownloadUrl.lowerCase(host);
    }

    /** Digits and colons alone make no IPv6 address. Nothing is looked up. */
    private static void requireAddress(String authority, String bracketed) {
        if (!InetAddresses.isUriInetAddress(bracketed)) {
            throw refused(authority, "is no IPv6 address");
        }
    }

    /** No part between dots is empty or too long; one dot may end the name. */
    private static boolean hasLabels(String host) {
        return Arrays.stream(host.replaceFirst("\\.$", "").split("\\.", -1))
                .allMatch(label -> !label.isEmpty() && label.length() <= MAX_LABEL_LENGTH);
    }

    private static void refuseMoreThanAHost(String authority) {
        if (authority.isEmpty()) {
            throw new UrlException(Part.HOST, "there is no host name");
        }
        if (authority.contains("://") || authority.matches("(?i)https?:")) {
            throw refused(authority, "has a protocol; name the host alone");
        }
        // User information is a way to make a URL look as if it named another host.
        if (authority.indexOf('@') >= 0) {
            throw refused(authority, "has a user; name the host alone");
        }
        if (authority.matches(".*[/?#\\\\].*")) {
            throw refused(authority, "has a path; name the host alone");
        }
    }

    /** The port, 1 to 65 535; the scheme's own where none is named. */
    static int port(String authority, boolean tls) {
        int colon = portSeparator(authority);
        String text = colon < 0 ? "" : authority.substring(colon + 1);
        if (text.isEmpty()) {
            return tls ? 443 : 80;
        }
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw refused(authority, "has a port that is not a number from 1 to 65535");
        }
        return port;
    }

    /** The colon before a port; colons inside an IPv6 literal's brackets do not count. */
    private static int portSeparator(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : -1;
    }

    private static UrlException refused(String authority, String why) {
        return new UrlException(Part.HOST, UrlException.quoted(authority) + " " + why);
    }
}
