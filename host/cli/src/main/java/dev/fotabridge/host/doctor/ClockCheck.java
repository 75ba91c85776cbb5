package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.config.ImageSource;
import dev.fotabridge.station.config.StationConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Whether this computer's clock is behind what was written on it: records would carry times that cannot be. */
record ClockCheck(Instant now, StationConfig config) implements Check<Void> {
    /** What a record tolerates before it is marked. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    @Override
    public CheckResult<Void> run() {
        for (Path file : files()) {
            Instant written = written(file);
            if (written.isAfter(now.plus(TOLERANCE))) {
                return CheckResult.fail(
                        Reason.CONFIGURATION,
                        "The clock says " + seconds(now) + ", but " + file + " was written at " + seconds(written)
                                + ": the clock is wrong, or was set back.",
                        "Set the clock, and let NTP keep it (timedatectl set-ntp true).");
            }
        }
        return CheckResult.ok("It is " + seconds(now) + ".");
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(config.file(), config.stateDirectory()));
        if (config.source() instanceof ImageSource.ReleaseFolder release) {
            files.add(release.directory());
        }
        return files;
    }

    private static Instant written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }
}
