package dev.fotabridge.host.proxy;

import dev.fotabridge.host.proxy.ProxyServer.Login;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code http://[user[:password]@]host:port}; no sentence of it shows what stands before the "@".
 * Tested by ProxyRulesTest.
 */
final class ProxyUrl {
    private static final int MAX_LENGTH = 1_024;

    private ProxyUrl() {}

    /**
     * Reads one.
     *
     * @param origin the option or variable that it comes from, for people
     * @param password used when the URL names a user and no password
     * @throws IllegalArgumentException with a sentence about what is wrong
     */
    static ProxyServer parse(String url, String origin, Optional<String> password) {
        if (url.length() > MAX_LENGTH) {
            throw wrong(origin, "it is longer than " + MAX_LENGTH + " characters");
        }
        String rest = withoutScheme(url.strip(), origin);
        int at = rest.lastIndexOf('@');
        String address = at < 0 ? rest : rest.substring(at + 1);
        Optional<Login> login = at < 0 ? Optional.empty() : Optional.of(login(rest.substring(0, at), origin, password));
        String hostAndPort = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        if (hostAndPort.indexOf('/') >= 0) {
            throw wrong(origin, "it has a path, and a proxy has none: it must be http://HOST:PORT");
        }
        int colon = hostAndPort.lastIndexOf(':');
        if (colon <= hostAndPort.lastIndexOf(']')) {
            throw wrong(origin, "it has no port; programs do not agree on a default, so name it");
        }
        return new ProxyServer(
                host(hostAndPort.substring(0, colon), origin),
                port(hostAndPort.substring(colon + 1), origin),
                origin,
                login);
    }

    private static String withoutScheme(String url, String origin) {
        int end = url.indexOf("://");
        if (end < 0) {
            return url;
        }
        String scheme = url.substring(0, end).toLowerCase(Locale.ROOT);
        if (scheme.equals("http")) {
            return url.substring(end + 3);
        }
        String shown = scheme.matches("[a-z0-9+.-]{1,16}") ? scheme : "its scheme";
        throw wrong(origin, shown + " is not served: it must be an HTTP proxy, http://HOST:PORT");
    }

    private static Login login(String text, String origin, Optional<String> password) {
        int colon = text.indexOf(':');
        String user = decoded(colon < 0 ? text : text.substring(0, colon), origin);
        String own = colon < 0 ? password.orElse("") : decoded(text.substring(colon + 1), origin);
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            throw wrong(origin, "its user must not be empty or have a colon");
        }
        if (isControlled(user) || isControlled(own)) {
            throw wrong(origin, "its user and password must not have control characters");
        }
        return new Login(user, own);
    }

    private static boolean isControlled(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static String decoded(String text, String origin) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            int value = i + 2 < raw.length ? hex(raw[i + 1]) * 16 + hex(raw[i + 2]) : -1;
            if (value < 0) {
                throw wrong(origin, "a percent sign in its user or password must be written %25");
            }
            bytes.write(value);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong(origin, "its user and password must be UTF-8");
        }
    }

    /** Far below zero for what is no digit, so that a sum with it is below zero too. */
    private static int hex(byte digit) {
        int value = Character.digit(digit, 16);
        return value < 0 ? -1_000 : value;
    }

    private static String host(String text, String origin) {
        boolean v6 = text.matches("\\[[0-9a-fA-F:.]{2,45}]") && text.indexOf(':') >= 0;
        if (!v6 && !text.matches("[0-9A-Za-z._-]{1,255}")) {
            throw wrong(origin, "it has no valid host; it must be http://[USER:PASSWORD@]HOST:PORT");
        }
        return v6 ? text.substring(1, text.length() - 1) : text;
    }

    private static int port(String text, String origin) {
        int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > 65_535) {
            throw wrong(origin, "its port is not between 1 and 65535");
        }
        return number;
    }

    private static IllegalArgumentException wrong(String origin, String what) {
        return new IllegalArgumentException("The proxy of " + origin + " cannot be used: " + what + ".");
    }
}
