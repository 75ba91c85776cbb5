package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.proxy.ProxyException;
import java.io.EOFException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Says in our words, and with our reasons, why a connection was not made or did not last. */
final class Failures {
    /** AWS answers an unauthorised CONNECT with 7, which MQTT 3.1.1 does not know. */
    private static final int CONNACK_NOT_AUTHORISED_AWS = 7;

    /** Alerts by which a server turns a client's certificate down. */
    private static final List<String> CERTIFICATE_ALERTS = List.of(
            "bad_certificate",
            "unknown_ca",
            "certificate_unknown",
            "certificate_expired",
            "certificate_revoked",
            "certificate_required",
            "unsupported_certificate",
            "access_denied",
            // An issuer of the right name and the wrong key.
            "decrypt_error",
            "handshake_failure");

    private final MqttSettings settings;

    Failures(MqttSettings settings) {
        this.settings = settings;
    }

    /** While connecting, which came this far. */
    FotaException connecting(Throwable failure, Stage stage) {
        if (failure instanceof MqttException mqtt && isConnack(mqtt.getReasonCode())) {
            return refusedByConnack(mqtt.getReasonCode());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProxyException proxy) {
                return new FotaException(proxy.reason(), proxy.getMessage(), proxy);
            }
        }
        if (has(failure, UnknownHostException.class)) {
            return unreachable("DNS does not know the endpoint " + settings.host() + ".", failure);
        }
        if (has(failure, CertificateException.class) || has(failure, SSLPeerUnverifiedException.class)) {
            return distrust(failure);
        }
        if (isCertificateAlert(failure)) {
            return refused(
                    settings.address() + " rejects our certificate: it is unknown there, inactive, or expired.",
                    failure);
        }
        if (has(failure, SSLException.class)) {
            return unreachable(settings.address() + " does not complete the TLS handshake.", failure);
        }
        boolean closed = has(failure, EOFException.class) || has(failure, SocketException.class);
        if (closed && stage == Stage.REACHED) {
            // A server that turns our certificate down may reset the connection before its alert is read.
            return refused(
                    settings.address() + " closed the connection in the TLS handshake: our certificate is not accepted"
                            + " there, or this is no MQTT endpoint.",
                    failure);
        }
        if (closed && stage == Stage.SECURED) {
            return refused(
                    settings.address() + " closed the connection instead of answering CONNECT: its certificate must be"
                            + " active, and its policy must allow iot:Connect on client/" + settings.clientId() + ".",
                    failure);
        }
        return unreachable("No connection to " + settings.address() + " (" + name(failure) + ").", failure);
    }

    /** After it was made. */
    FotaException lost(Throwable failure, boolean subscribing, List<String> filters) {
        if (isCertificateAlert(failure)) {
            return connecting(failure, Stage.SECURED);
        }
        if (subscribing) {
            return policy(filters, settings.address() + " closed the connection when we subscribed");
        }
        return unreachable("The connection to " + settings.address() + " was lost (" + name(failure) + ").", failure);
    }

    FotaException policy(List<String> filters, String what) {
        return new FotaException(
                Reason.CLOUD_POLICY,
                what + ": the policy must allow iot:Subscribe on topicfilter/"
                        + String.join(" and topicfilter/", filters) + ", and iot:Receive on the topics below it.");
    }

    private static boolean isConnack(int code) {
        return code >= 1 && code <= CONNACK_NOT_AUTHORISED_AWS;
    }

    private FotaException refusedByConnack(int code) {
        if (code == MqttException.REASON_CODE_BROKER_UNAVAILABLE) {
            return unreachable(settings.address() + " says that it is unavailable.", null);
        }
        return refused(
                settings.address() + " refuses the connection (CONNACK " + code
                        + "): the policy must allow iot:Connect on client/" + settings.clientId()
                        + ", and the certificate must be active and attached to it.",
                null);
    }

    private FotaException distrust(Throwable failure) {
        String text = String.valueOf(root(failure).getMessage());
        boolean wrongName = text.contains("subject alternative") || text.contains("No name matching");
        return new FotaException(
                Reason.CREDENTIALS,
                wrongName
                        ? "The certificate of " + settings.address() + " names another host: check --endpoint."
                        : "The certificate of " + settings.address()
                                + " is not signed by a root of the CA file: check --ca.",
                failure);
    }

    private static boolean isCertificateAlert(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof SSLException && text.contains("fatal alert")) {
                return CERTIFICATE_ALERTS.stream().anyMatch(text::contains);
            }
        }
        return false;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String name(Throwable failure) {
        if (failure == null) {
            return "no cause given";
        }
        Throwable root = root(failure);
        return root instanceof MqttException mqtt
                ? "MQTT reason " + mqtt.getReasonCode()
                : root.getClass().getSimpleName();
    }

    private static FotaException unreachable(String sentence, Throwable cause) {
        return new FotaException(Reason.CLOUD_UNREACHABLE, sentence, cause);
    }

    private static FotaException refused(String sentence, Throwable cause) {
        return new FotaException(Reason.CLOUD_REFUSED, sentence, cause);
    }
}
