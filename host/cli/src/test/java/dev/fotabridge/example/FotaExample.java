package dev.fotabridge.example;

import dev.fotabridge.host.api.AttachedClient;
import dev.fotabridge.host.api.AwsFota;
import dev.fotabridge.host.api.AwsFotaConfig;
import dev.fotabridge.host.api.AwsFotaEvent;
import dev.fotabridge.host.api.FotaBridge;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;

/** An application with an MQTT client and a callback of its own, which lets AWS FOTA use the client too. */
public final class FotaExample implements AutoCloseable {
    private final AwsFota fota;

    public FotaExample(MqttAsyncClient client, MqttCallback mine, AwsFotaConfig config, Consumer<String> log) {
        AttachedClient mqtt = FotaBridge.attach(client);
        client.setCallback(mqtt.beside(mine));
        fota = AwsFota.attach(mqtt, config, event -> log.accept(line(event)));
    }

    private String line(AwsFotaEvent event) {
        return switch (event.type()) {
            case DL_PROGRESS -> "progress " + event.percent();
            case ERROR -> "ERROR " + event.reason().orElseThrow() + ": " + event.message();
            default -> event.type() + " " + fota.jobId().orElse("-");
        };
    }

    @Override
    public void close() {
        fota.close();
    }
}
