package dev.fotabridge.host.jobs.paho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.junit.jupiter.api.Test;

/** The application hears all that it would hear without us. */
final class SharedCallbackTest {
    private final List<String> calls = new ArrayList<>();

    private class Plain implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            calls.add("lost " + cause.getMessage());
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) throws Exception {
            calls.add(topic + " " + message);
            if (topic.equals("bad")) {
                throw new Exception("not acknowledged");
            }
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            calls.add("delivered");
        }
    }

    private final class Extended extends Plain implements MqttCallbackExtended {
        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            calls.add("complete " + reconnect + " " + serverUri);
        }
    }

    @Test
    void handsEverythingOn() throws Exception {
        SharedCallback shared = new SharedCallback(new Extended(), () -> calls.add("ours"));
        shared.connectComplete(true, "ssl://x");
        shared.messageArrived("a/b", new MqttMessage("hi".getBytes()));
        shared.deliveryComplete(null);
        shared.connectionLost(new Exception("why"));
        assertEquals(List.of("ours", "complete true ssl://x", "a/b hi", "delivered", "lost why"), calls);
    }

    @Test
    void aPlainCallbackWillDo() throws Exception {
        SharedCallback shared = new SharedCallback(new Plain(), () -> calls.add("ours"));
        shared.connectComplete(false, "ssl://x");
        assertEquals(List.of("ours"), calls);
        assertThrows(Exception.class, () -> shared.messageArrived("bad", new MqttMessage()), "Paho must hear of it");
    }
}
