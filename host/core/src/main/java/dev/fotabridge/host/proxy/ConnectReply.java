package dev.fotabridge.host.proxy;

import dev.fotabridge.host.proxy.ProxyException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy's answer to CONNECT, taken byte by byte: behind the head's last byte the tunnel begins, and not one byte of that
 * may be swallowed. Pure, and bounded whatever comes.
 * Tested by TunnelIT.
 */
final class ConnectReply {
    /** Squid's answers have some hundred bytes; nobody needs more for a head without content. */
    static final int MAX_HEAD_BYTES = 16_384;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( [^\\r\\n]*)?\\r?");
    private static final String START = "HTTP/1.";

    private final ProxyServer proxy;
    private final String target;
    private final StringBuilder statusLine = new StringBuilder();
    private int size;
    private int lineLength;
    private boolean inStatusLine = true;
    private int status;

    /**
     * Waits for the first byte.
     *
     * @param target HOST:PORT that was asked for
     */
    ConnectReply(ProxyServer proxy, String target) {
        this.proxy = proxy;
        this.target = target;
    }

    /**
     * Takes the next byte.
     *
     * @param next 0 to 255, or -1 at the end of the stream
     * @return whether the head is complete and the tunnel stands
     * @throws ProxyException if the proxy refuses, or this is no proxy's answer
     */
    boolean take(int next) throws ProxyException {
        if (next < 0) {
            throw unusable(
                    size == 0
                            ? "closes the connection instead of answering"
                            : "breaks off in the middle of its answer");
        }
        if (++size > MAX_HEAD_BYTES) {
            throw unusable("answers with more than " + MAX_HEAD_BYTES + " bytes");
        }
        if (inStatusLine) {
            statusLine((char) next);
            return false;
        }
        return header((char) next);
    }

    private void statusLine(char next) throws ProxyException {
        if (next != '\n') {
            statusLine.append(next);
            requireHttp();
            return;
        }
        Matcher line = STATUS_LINE.matcher(statusLine);
        if (!line.matches()) {
            throw unusable("does not answer as an HTTP proxy does");
        }
        status = Integer.parseInt(line.group(1));
        inStatusLine = false;
    }

    /** Early, since another service's greeting may never have an end of line. */
    private void requireHttp() throws ProxyException {
        int compared = Math.min(statusLine.length(), START.length());
        if (!START.startsWith(statusLine.substring(0, compared))) {
            throw unusable("does not answer as an HTTP proxy does");
        }
    }

    private boolean header(char next) throws ProxyException {
        if (next == '\n') {
            boolean end = lineLength == 0;
            lineLength = 0;
            return end && ended();
        }
        if (next != '\r') {
            lineLength++;
        }
        return false;
    }

    private boolean ended() throws ProxyException {
        if (status < 200) {
            // An interim answer: the real one follows.
            inStatusLine = true;
            statusLine.setLength(0);
            return false;
        }
        if (status < 300) {
            return true;
        }
        throw ProxyException.ofStatus(proxy, status, target);
    }

    private ProxyException unusable(String what) {
        return new ProxyException(Fault.UNUSABLE, "The proxy " + proxy + " " + what + ".");
    }

    /** The question: a head without content. */
    static byte[] question(ProxyServer proxy, String target) {
        String text = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
                + proxy.authorization()
                        .map(value -> "Proxy-Authorization: " + value + "\r\n")
                        .orElse("")
                + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
