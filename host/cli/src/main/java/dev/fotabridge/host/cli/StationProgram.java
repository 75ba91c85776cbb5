package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.config.StationConfig;
import dev.fotabridge.station.config.StationFile;
import dev.fotabridge.station.http.HttpSettings;
import dev.fotabridge.station.http.StationServer;
import dev.fotabridge.station.live.LiveStation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A station with its server, until it is stopped. Tested by StationRunIT. */
final class StationProgram {
    private final BaseCommand command;
    private final CountDownLatch stopped = new CountDownLatch(1);

    StationProgram(BaseCommand command) {
        this.command = command;
    }

    /** Asks it to end; any thread. */
    void stop() {
        stopped.countDown();
    }

    /** Runs, and returns never: an interruption ends it. */
    int run(Path file) throws FotaException {
        StationConfig config = StationFile.read(file);
        HttpSettings settings = settings(config);
        try (LiveStation station = LiveStation.open(config, BaseCommand.software());
                StationServer server = StationServer.start(station.control(), settings)) {
            ready(server.url());
            stopped.await();
        } catch (IOException e) {
            throw new FotaException(Reason.CONFIGURATION, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new FotaException(
                Reason.INTERRUPTED, "The station has ended. What it was at is ABORTED at its next start.");
    }

    private static HttpSettings settings(StationConfig config) throws FotaException {
        try {
            return new HttpSettings(
                    config.listen(),
                    Set.copyOf(config.names()),
                    config.token().map(StationConfig.Token::text).orElse(""),
                    config.texts());
        } catch (IllegalArgumentException e) {
            throw new FotaException(Reason.CONFIGURATION, e.getMessage(), e);
        }
    }

    private void ready(String url) {
        if (command.common.json) {
            command.json().line("READY", g -> g.writeStringField("url", url));
        } else {
            command.streams().data("{\"type\":\"READY\",\"url\":\"" + url + "\"}");
        }
        command.streams().note("The page is at " + url);
    }
}
