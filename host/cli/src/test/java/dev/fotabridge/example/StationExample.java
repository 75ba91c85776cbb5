package dev.fotabridge.example;

import dev.fotabridge.host.api.AwsFotaConfig;
import dev.fotabridge.host.api.AwsFotaStation;
import dev.fotabridge.host.api.FotaBridge;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** A program for a line of boards: one certificate, one connection, and a further one when the first is full. */
public final class StationExample implements AutoCloseable {
    private final AwsFotaStation station;

    public StationExample(String host, int port, SSLContext tls, List<AwsFotaConfig> boards, Consumer<String> log) {
        station = AwsFotaStation.attach(
                number -> {
                    String clientId = FotaBridge.clientId("station-1", number);
                    return FotaBridge.connection(host, port, clientId, tls);
                },
                (thing, event) -> log.accept(thing + " " + event.type() + " " + event.message()));
        boards.forEach(station::add);
    }

    @Override
    public void close() {
        station.close();
    }
}
