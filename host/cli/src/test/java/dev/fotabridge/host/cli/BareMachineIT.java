package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user without a home, as in a container, and the C locale, as of cron. */
@Tag("real")
final class BareMachineIT {
    private static final int LIMIT_SECONDS = 120;

    /** {@code ?} is what Java has for a user that the database does not know. */
    private static final Map<String, String> NO_HOME = Map.of("HOME", "", "JAVA_TOOL_OPTIONS", "-Duser.home=?");

    @TempDir
    Path directory;

    private Path image(String name) throws Exception {
        return World.image().size(40_000).build().writeTo(directory.resolve(name));
    }

    private HostProcess host(Map<String, String> environment, String... arguments) throws Exception {
        return HostProcess.start(directory, List.of(arguments), environment);
    }

    @Test
    void withoutAHomeAnUpdateAsksForAStateDirectory() throws Exception {
        try (HostProcess host =
                host(NO_HOME, "flash", "--json", image("app.bin").toString(), "-p", "/dev/null")) {
            assertEquals(3, host.await(LIMIT_SECONDS), host::toString);
            assertTrue(host.result().get("message").asText().contains("--state-dir"), host::toString);
        }
    }

    @Test
    void withoutAHomeAnImageIsInspected() throws Exception {
        try (HostProcess host =
                host(NO_HOME, "image", "inspect", "--json", image("app.bin").toString())) {
            assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
        }
    }

    /** The launcher chooses a UTF-8 locale; this is the program started without it. */
    @Test
    void aNameThatTheLocaleDoesNotHaveIsNamed() throws Exception {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "such a name cannot be passed on from here");
        Path image = image("h\u00f6he.bin");
        try (HostProcess host = host(Map.of("LC_ALL", "C"), "image", "inspect", "--json", image.toString())) {
            assertEquals(2, host.await(LIMIT_SECONDS), host::toString);
            assertTrue(host.errorText().contains("LC_ALL=C.UTF-8"), host::toString);
        }
        try (HostProcess host = host(Map.of("LC_ALL", "C"), "device", "info", "--json", "-p", image.toString())) {
            assertEquals(3, host.await(LIMIT_SECONDS), host::toString);
            assertTrue(host.errorText().contains("LC_ALL=C.UTF-8"), host::toString);
        }
    }
}
