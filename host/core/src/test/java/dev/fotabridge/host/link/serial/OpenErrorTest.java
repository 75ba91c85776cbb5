package dev.fotabridge.host.link.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is there and is no port is named so, without an error number. */
final class OpenErrorTest {
    @TempDir
    Path directory;

    /** EISDIR of a directory, ENXIO of a socket, EINVAL of a device such as /dev/random. */
    @ParameterizedTest
    @ValueSource(ints = {21, 6, 22})
    void whatIsNoPortIsNamed(int error) {
        FotaException failure = OpenError.of("/x", directory, error);
        assertEquals(Reason.PORT_MISSING, failure.reason());
        assertTrue(failure.getMessage().contains("not a serial port"), failure::getMessage);
        assertFalse(failure.getMessage().contains("error"), failure::getMessage);
    }
}
