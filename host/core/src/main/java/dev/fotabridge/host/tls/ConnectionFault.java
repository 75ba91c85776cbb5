package dev.fotabridge.host.tls;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why a connection to a server was not made, in words: what MQTT, downloads and the doctor say alike. Told from the types
 * of the exceptions and from the server's certificates, never from a text of the system's.
 *
 * @param kind which side it hangs on
 * @param sentence names the server
 * @param advice what to try; may be empty
 */
public record ConnectionFault(Kind kind, String sentence, String advice) {
    /** Which side it hangs on. */
    public enum Kind {
        /** We do not trust the server's certificate. */
        SERVER_UNTRUSTED,
        /** The server does not take our certificate, or wants one. */
        CLIENT_REFUSED,
        /** No TLS comes about, for another cause. */
        NO_TLS,
        /** Cut before anything was said. */
        CLOSED,
        /** No connection at all. */
        UNREACHABLE
    }

    /**
     * Looks through a failure and its causes.
     *
     * @param address HOST:PORT, for the sentence
     * @param client whether this side has a certificate to show
     * @return empty if it is none of these
     */
    public static Optional<ConnectionFault> of(Throwable failure, String address, boolean client) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<ConnectionFault> trust = trust(cause, address);
            if (trust.isPresent()) {
                return trust;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<ConnectionFault> fault = cause instanceof SSLException tls
                    ? Optional.of(new TlsAlert(tls, address, client).fault())
                    : network(cause, address);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    /** Sentence and advice in one. */
    public String text() {
        return advice.isEmpty() ? sentence : sentence + " " + advice;
    }

    private static Optional<ConnectionFault> trust(Throwable cause, String address) {
        if (cause instanceof UntrustedServerException untrusted) {
            ServerFault fault = untrusted.fault();
            return untrusted("The certificate of " + address + " " + fault.seen(), fault.advice());
        }
        if (cause instanceof SSLPeerUnverifiedException) {
            return untrusted(
                    "The certificate of " + address + " names another host.",
                    "Use a host name that the certificate is for; an address instead of the name will not do.");
        }
        return cause instanceof CertificateException
                ? untrusted("The certificate of " + address + " cannot be read.", "")
                : Optional.empty();
    }

    private static Optional<ConnectionFault> untrusted(String sentence, String advice) {
        return Optional.of(new ConnectionFault(Kind.SERVER_UNTRUSTED, sentence, advice));
    }

    private static Optional<ConnectionFault> network(Throwable cause, String address) {
        if (cause instanceof ConnectException) {
            return fault(
                    Kind.UNREACHABLE,
                    address + " refuses the connection: nothing listens on that port, or a firewall says so.");
        }
        if (cause instanceof NoRouteToHostException) {
            return fault(Kind.UNREACHABLE, "There is no way to " + address + " from here: the host is unreachable.");
        }
        if (cause instanceof InterruptedIOException) {
            return fault(Kind.UNREACHABLE, address + " does not answer in time: a firewall may swallow the port.");
        }
        if (cause instanceof EOFException || cause instanceof SocketException) {
            return fault(
                    Kind.CLOSED,
                    "The connection to " + address + " was cut: the other side closed it, or the network went.");
        }
        return Optional.empty();
    }

    private static Optional<ConnectionFault> fault(Kind kind, String sentence) {
        return Optional.of(new ConnectionFault(kind, sentence, ""));
    }
}
