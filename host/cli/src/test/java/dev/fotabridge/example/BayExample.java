package dev.fotabridge.example;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.BayObserver;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A rig that keeps a bay: who is there, update from a file, and a restart that shows what runs now. */
public final class BayExample {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private BayExample() {}

    public static UpdateRecord update(Bays bays, String port, Path file, UpdateOptions options, BayObserver log)
            throws FotaException {
        try (Bay bay = bays.bay(new BayConfig(Optional.of(port), Optional.empty()))) {
            bay.observe(log);
            String before = bay.info(PATIENCE).running().version();
            UpdateRecord record = bay.update(file, options);
            String after = bay.reset(PATIENCE).running().version();
            return before.equals(after) ? record : bay.update(file, options);
        }
    }
}
