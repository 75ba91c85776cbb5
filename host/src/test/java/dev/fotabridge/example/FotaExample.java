package dev.fotabridge.example;

import dev.fotabridge.host.api.AwsFota;
import dev.fotabridge.host.api.AwsFotaConfig;
import dev.fotabridge.host.api.AwsFotaEvent;
import dev.fotabridge.host.jobs.paho.AttachedPahoTransport;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** An application with an MQTT client of its own, which lets AWS FOTA use it too. */
public final class FotaExample implements MqttCallbackExtended, AutoCloseable {
    private final Consumer<String> log;
    private final AttachedPahoTransport mqtt;
    private final AwsFota fota;

    public FotaExample(MqttAsyncClient client, AwsFotaConfig config, Consumer<String> log) {
        this.log = log;
        mqtt = new AttachedPahoTransport(client);
        client.setCallback(this);
        fota = AwsFota.attach(mqtt, config, this::fotaEvent);
    }

    private void fotaEvent(AwsFotaEvent event) {
        switch (event.type()) {
            case DL_PROGRESS -> log.accept("progress " + event.percent());
            case ERROR -> log.accept("ERROR " + event.reason().orElseThrow() + ": " + event.message());
            default -> log.accept(event.type() + " " + fota.jobId().orElse("-"));
        }
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        mqtt.reconnected();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        log.accept("mine " + topic + " " + message);
    }

    @Override
    public void connectionLost(Throwable cause) {
        log.accept("offline");
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}

    @Override
    public void close() {
        fota.close();
    }
}
