package dev.fotabridge.host.jobs.paho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.net.SocketException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    private final Failures failures = new Failures(MqttSettings.of("data.iot.example", 8883, "dk-1"));

    /** Whether the alert or the reset of a server that turns us down comes first is chance. */
    @ParameterizedTest
    @CsvSource({
        "NOWHERE, CLOUD_UNREACHABLE, was cut",
        "REACHED, CLOUD_REFUSED, certificate",
        "SECURED, CLOUD_REFUSED, iot:Connect"
    })
    void tellsAResetByHowFarItCame(Stage stage, Reason reason, String words) {
        FotaException failure = failures.connecting(new MqttException(new SocketException("Connection reset")), stage);
        assertEquals(reason, failure.reason());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }

    /** Each code has its own cause, and so its own advice. */
    @ParameterizedTest
    @CsvSource({"1, MQTT 3.1.1", "2, --client-id", "4, user name and a password"})
    void aRefusedConnectSaysWhatItsCodeMeans(int code, String words) {
        FotaException failure = failures.connecting(new MqttException(code), Stage.SECURED);
        assertEquals(Reason.CLOUD_REFUSED, failure.reason());
        assertTrue(failure.getMessage().contains("CONNACK " + code), failure.getMessage());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
        assertFalse(failure.getMessage().contains("policy"), failure.getMessage());
    }

    @Test
    void whatIsNoBrokerIsNotSaidToHaveClosed() {
        FotaException failure = failures.connecting(
                new MqttException(MqttException.REASON_CODE_CONNECTION_LOST, new BoundedPackets.NoMqttException()),
                Stage.SECURED);
        assertEquals(Reason.CLOUD_UNREACHABLE, failure.reason());
        assertTrue(failure.getMessage().contains("not in MQTT"), failure.getMessage());
    }

    /** MQTT's own code, and the one that AWS has in its place. */
    @ParameterizedTest
    @ValueSource(ints = {5, 7})
    void anUnauthorisedConnectNamesTheStatement(int code) {
        FotaException failure = failures.connecting(new MqttException(code), Stage.SECURED);
        assertEquals(Reason.CLOUD_REFUSED, failure.reason());
        assertTrue(failure.getMessage().contains("iot:Connect on client/dk-1"), failure.getMessage());
    }
}
