package dev.fotabridge.host.tls;

import dev.fotabridge.host.tls.ConnectionFault.Kind;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * A handshake that failed for something else than the server's certificate. Java's TLS gives the alert's name (RFC 8446,
 * 6.2) in the exception's text only; that text is a constant of the JDK, the same in every language.
 * Tested by ConnectionFaultIT.
 *
 * @param client whether this side has a certificate to show
 */
record TlsAlert(SSLException failure, String address, boolean client) {
    private static final Pattern ALERT = Pattern.compile("fatal alert: ([a-z_]+)");

    /** Alerts about the client's certificate, with what the server says by them. */
    private static final Map<String, String> CERTIFICATE = Map.ofEntries(
            Map.entry("certificate_expired", "it has expired"),
            Map.entry("certificate_revoked", "it was revoked"),
            Map.entry("unknown_ca", "the server does not know the authority that issued it"),
            Map.entry("certificate_unknown", "it is unknown there, inactive, or expired"),
            Map.entry("bad_certificate", "it is unknown there, inactive, or expired"),
            Map.entry("unsupported_certificate", "the server does not take certificates of its kind"),
            Map.entry("access_denied", "the server lets it in nowhere"),
            // An issuer of the right name and the wrong key.
            Map.entry("decrypt_error", "it is unknown there, inactive, or expired"),
            Map.entry("certificate_required", "the server wants one, and got none that it takes"));

    ConnectionFault fault() {
        String text = String.valueOf(failure.getMessage());
        Matcher alert = ALERT.matcher(text);
        if (alert.find()) {
            return alert(alert.group(1));
        }
        if (text.contains("protocol version")) {
            return version();
        }
        return text.contains("unrecognized SSL message")
                ? none(address + " answers, but not in TLS: the port is another service's.", "Check host and port.")
                : none(address + " does not complete the TLS handshake.", "");
    }

    private ConnectionFault alert(String alert) {
        if (CERTIFICATE.containsKey(alert)) {
            return certificate(alert);
        }
        return switch (alert) {
            case "protocol_version" -> version();
            case "handshake_failure", "insufficient_security" -> refused(alert);
            case "unrecognized_name" ->
                none(
                        address + " does not know the host name that it was asked for (TLS alert " + alert + ").",
                        "Use the server's own name.");
            case "no_application_protocol" ->
                none(
                        address + " does not take this protocol on this port (TLS alert " + alert + ").",
                        "Check the port: MQTT is on 8883, or on 443 at AWS.");
            default -> none(address + " ended the TLS handshake with the alert " + alert + ".", "");
        };
    }

    private ConnectionFault certificate(String alert) {
        return client
                ? new ConnectionFault(
                        Kind.CLIENT_REFUSED,
                        address + " rejects our certificate: " + CERTIFICATE.get(alert) + " (TLS alert " + alert + ").",
                        "")
                : wanted(alert);
    }

    private ConnectionFault wanted(String alert) {
        return new ConnectionFault(
                Kind.CLIENT_REFUSED,
                address + " wants a certificate of the client, and none is given here (TLS alert " + alert + ").",
                "Serve the file without client certificates, for example by a presigned URL.");
    }

    /** Says least of all alerts; before TLS 1.3 some servers mean a certificate that is missing. */
    private ConnectionFault refused(String alert) {
        return new ConnectionFault(
                client ? Kind.CLIENT_REFUSED : Kind.NO_TLS,
                address + " refuses the TLS handshake (TLS alert " + alert + "): it takes none of our ciphers, or "
                        + (client ? "not our certificate." : "wants a certificate of the client."),
                "");
    }

    private ConnectionFault version() {
        return none(address + " speaks neither TLS 1.2 nor TLS 1.3.", "Switch one of them on at the server.");
    }

    private static ConnectionFault none(String sentence, String advice) {
        return new ConnectionFault(Kind.NO_TLS, sentence, advice);
    }
}
