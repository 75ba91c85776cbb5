package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.paho.BoundedPackets.NoMqttException;
import dev.fotabridge.host.jobs.paho.BoundedPackets.PacketTooLongException;
import dev.fotabridge.host.proxy.ProxyException;
import dev.fotabridge.host.tls.ConnectionFault;
import dev.fotabridge.host.tls.ConnectionFault.Kind;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Says in our words, and with our reasons, why a connection was not made or did not last. */
final class Failures {
    /** AWS answers an unauthorised CONNECT with 7, which MQTT 3.1.1 does not know. */
    private static final int CONNACK_NOT_AUTHORISED_AWS = 7;

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
        if (has(failure, NoMqttException.class)) {
            return unreachable(
                    settings.address() + " answers, but not in MQTT 3.1.1: the port is another service's.", failure);
        }
        Optional<ConnectionFault> fault = ConnectionFault.of(failure, settings.address(), true);
        if (fault.isPresent()) {
            return named(fault.get(), stage, failure);
        }
        return unreachable("No connection to " + settings.address() + " (" + name(failure) + ").", failure);
    }

    private FotaException named(ConnectionFault fault, Stage stage, Throwable failure) {
        if (fault.kind() == Kind.CLOSED && stage == Stage.REACHED) {
            // A server that turns our certificate down may reset the connection before its alert is read.
            return refused(
                    settings.address() + " closed the connection in the TLS handshake: our certificate is not accepted"
                            + " there, or this is no MQTT endpoint.",
                    failure);
        }
        if (fault.kind() == Kind.CLOSED && stage == Stage.SECURED) {
            return refused(
                    settings.address() + " closed the connection instead of answering CONNECT: its certificate must be"
                            + " active, and its policy must allow iot:Connect on client/" + settings.clientId() + ".",
                    failure);
        }
        return new FotaException(
                switch (fault.kind()) {
                    case SERVER_UNTRUSTED -> Reason.CREDENTIALS;
                    case CLIENT_REFUSED -> Reason.CLOUD_REFUSED;
                    case NO_TLS, CLOSED, UNREACHABLE -> Reason.CLOUD_UNREACHABLE;
                },
                fault.text(),
                failure);
    }

    /** After it was made. */
    FotaException lost(Throwable failure, boolean subscribing, List<String> filters) {
        Optional<ConnectionFault> fault = ConnectionFault.of(failure, settings.address(), true);
        if (fault.filter(seen -> seen.kind() == Kind.CLIENT_REFUSED).isPresent()) {
            // TLS 1.3 tells so only after the handshake.
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
        return refused(settings.address() + " refuses the connection (CONNACK " + code + "): " + meaning(code), null);
    }

    /** MQTT 3.1.1, table 3.1; what a user can do about it. */
    private String meaning(int code) {
        return switch (code) {
            case 1 -> "it does not speak MQTT 3.1.1.";
            case 2 -> "it does not take the client id " + settings.clientId() + ", so choose another by --client-id.";
            case 4 -> "it wants a user name and a password, where AWS IoT goes by the certificate.";
            case 5, CONNACK_NOT_AUTHORISED_AWS ->
                "the policy must allow iot:Connect on client/" + settings.clientId()
                        + ", and the certificate must be active and attached to it.";
            default -> "a code that MQTT 3.1.1 does not have.";
        };
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
        if (root instanceof PacketTooLongException) {
            return "it sent a longer packet than AWS ever does";
        }
        if (root instanceof MqttException mqtt) {
            return mqtt.getReasonCode() == MqttException.REASON_CODE_UNEXPECTED_ERROR
                    ? "it sent what cannot be read as MQTT"
                    : "MQTT reason " + mqtt.getReasonCode();
        }
        return root instanceof InterruptedIOException
                ? "nothing came in time"
                : "the other side closed it, or the network went";
    }

    private static FotaException unreachable(String sentence, Throwable cause) {
        return new FotaException(Reason.CLOUD_UNREACHABLE, sentence, cause);
    }

    private static FotaException refused(String sentence, Throwable cause) {
        return new FotaException(Reason.CLOUD_REFUSED, sentence, cause);
    }
}
