package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.config.StationConfig;
import dev.fotabridge.station.config.StationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;

/** Whether station.yaml can be read and means something. Tested by StationCheckIT. */
record StationFileCheck(Path file) implements Check<StationConfig> {
    @Override
    public CheckResult<StationConfig> run() throws FotaException {
        StationConfig config = StationFile.read(file);
        if (config.token().isPresent() && othersMayRead()) {
            return CheckResult.<StationConfig>warn(
                            "All users of this computer may read " + file + ", and the token in it.",
                            "chmod o-r " + file)
                    .with(config);
        }
        if (!config.listen().isLoopback()) {
            return CheckResult.<StationConfig>warn(
                            "The station listens at " + config.listen().host()
                                    + ", so that other computers reach it without TLS.",
                            "Let it listen at 127.0.0.1, and put a TLS proxy in front of it.")
                    .with(config);
        }
        return CheckResult.<StationConfig>ok(
                        "Station " + config.station() + " has " + config.bays().size()
                                + (config.bays().size() == 1 ? " bay" : " bays") + "; start: "
                                + config.start().name().toLowerCase(Locale.ROOT) + ".")
                .with(config);
    }

    private boolean othersMayRead() {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
