package dev.fotabridge.host.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * One HTTP proxy. Immutable; its text names host and port only, so that a password never reaches a log.
 * Tested by ProxyRulesTest.
 */
public final class ProxyServer {
    private final String host;
    private final int port;
    private final String origin;
    private final Optional<Login> login;

    /** Who we are there. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "<redacted>";
        }
    }

    ProxyServer(String host, int port, String origin, Optional<Login> login) {
        this.host = host;
        this.port = port;
        this.origin = origin;
        this.login = login;
    }

    /** Name or address; an IPv6 address without brackets. */
    public String host() {
        return host;
    }

    /** 1 to 65 535. */
    public int port() {
        return port;
    }

    /** Whether a user is named. */
    public boolean hasLogin() {
        return login.isPresent();
    }

    /** The value of Proxy-Authorization (RFC 7617, in UTF-8): a credential, never to be logged. */
    public Optional<String> authorization() {
        return login.map(known -> "Basic "
                + Base64.getEncoder()
                        .encodeToString((known.user() + ":" + known.password()).getBytes(StandardCharsets.UTF_8)));
    }

    /** For sentences: "the proxy HOST:PORT of HTTPS_PROXY". */
    public String name() {
        return "the proxy " + this + " of " + origin;
    }

    /** HOST:PORT. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
