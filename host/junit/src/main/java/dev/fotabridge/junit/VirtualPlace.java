package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A virtual board: {@code fota-bridge sim device}, started when it is claimed and ended when it is released. A new one each time.
 * Tested by VirtualPlaceIT.
 *
 * @param program the program {@code fota-bridge}
 * @param name names the board; with the working directory, over all processes of this computer
 * @param options further options of {@code sim device}
 */
record VirtualPlace(Path program, String name, List<String> options) implements BoardPlace {
    @Override
    public String lockName() {
        return "rig " + name + " of " + Path.of("").toAbsolutePath();
    }

    @Override
    public String serialNumber() {
        return "";
    }

    @Override
    public ReadyPlace start(Bays bays, Path directory, Duration limit) throws FotaException {
        return VirtualDevice.start(this, bays, directory, limit);
    }
}
