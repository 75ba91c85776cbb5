package dev.fotabridge.host.proxy;

import dev.fotabridge.host.api.Reason;
import java.io.IOException;

/** No way through the proxy. The message is a sentence for people, without any credential. Tested by TunnelIT. */
public final class ProxyException extends IOException {
    private static final long serialVersionUID = 1;

    private final Fault fault;

    /** What kind of fault. */
    enum Fault {
        /** The proxy itself cannot be talked to: no such name, no connection, silence, or it is no HTTP proxy. */
        UNUSABLE,
        /** The proxy works, but wants a password, or does not let us to this host: trying again changes nothing. */
        REFUSED,
        /** The proxy works, and finds no way to the host. */
        NO_WAY
    }

    ProxyException(Fault fault, String sentence) {
        super(sentence);
        this.fault = fault;
    }

    ProxyException(Fault fault, String sentence, Throwable cause) {
        super(sentence, cause);
        this.fault = fault;
    }

    /**
     * What a status of the proxy's own means.
     *
     * @param status 300 to 599
     * @param target HOST:PORT that was asked for
     */
    public static ProxyException ofStatus(ProxyServer proxy, int status, String target) {
        String name = "The proxy " + proxy;
        String seen = " (status " + status + ").";
        if (status == 407) {
            String login = proxy.hasLogin() ? " does not take our user and password" : " wants a user and a password";
            return new ProxyException(Fault.REFUSED, name + login + seen);
        }
        // Mostly 502 to 504; tinyproxy says 500.
        if (status >= 500) {
            return new ProxyException(Fault.NO_WAY, name + " finds no way to " + target + seen);
        }
        return new ProxyException(Fault.REFUSED, name + " does not let us connect to " + target + seen);
    }

    /** Whether trying again may help. */
    public boolean isTransient() {
        return fault != Fault.REFUSED;
    }

    /** Why a connection to the cloud ends so. */
    public Reason reason() {
        return switch (fault) {
            case UNUSABLE -> Reason.PROXY_UNREACHABLE;
            case REFUSED -> Reason.PROXY_REFUSED;
            case NO_WAY -> Reason.CLOUD_UNREACHABLE;
        };
    }
}
