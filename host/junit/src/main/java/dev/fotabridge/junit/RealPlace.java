package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A board that is plugged in.
 * Tested by RealPlaceIT.
 *
 * @param config serial number or port
 * @param powerCycle program and arguments that take the board's power away and give it back; empty if the rig cannot
 */
record RealPlace(BayConfig config, List<String> powerCycle) implements BoardPlace {
    @Override
    public String lockName() {
        return "rig " + config.port().map(RealPlace::realName).orElseGet(() -> "board " + serialNumber());
    }

    /** A link to a port is that port. */
    private static String realName(String port) {
        try {
            return Path.of(port).toRealPath().toString();
        } catch (IOException e) {
            return Path.of(port).toAbsolutePath().normalize().toString();
        }
    }

    @Override
    public String serialNumber() {
        return config.serialNumber().orElse("");
    }

    @Override
    public ReadyPlace start(Bays bays, Path directory, Duration limit) {
        Bay bay = bays.bay(config);
        return new ReadyPlace() {
            @Override
            public Bay bay() {
                return bay;
            }

            @Override
            public void powerCycle(Duration patience) throws FotaException {
                run(directory.resolve("power-cycle.log"), patience);
            }

            @Override
            public void cutLine(boolean cut, Duration patience) {
                throw new UnsupportedOperationException("nothing cuts the line of a board that is plugged in");
            }

            @Override
            public void close() {
                bay.close();
            }
        };
    }

    /** Without a shell. */
    private void run(Path log, Duration limit) throws FotaException {
        try {
            Process process = new ProcessBuilder(powerCycle)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                ProcessTree.end(process);
                throw failed("has not ended within " + TimeBudget.seconds(limit), log);
            }
            if (process.exitValue() != 0) {
                throw failed("ends with exit code " + process.exitValue(), log);
            }
        } catch (IOException e) {
            throw failed("cannot be run: " + e.getMessage(), log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FotaException(Reason.INTERRUPTED, "The test was interrupted.");
        }
    }

    private FotaException failed(String what, Path log) {
        return new FotaException(
                Reason.CONFIGURATION, "power-cycle in rig.yaml " + powerCycle + " " + what + "; it said: " + log + ".");
    }
}
