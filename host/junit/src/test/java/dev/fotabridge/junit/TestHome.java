package dev.fotabridge.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory with a program {@code fota-bridge} that runs the fixtures of this class path: the launcher would build them anew. */
final class TestHome {
    private TestHome() {}

    /** Returns the program. */
    static Path program(Path directory) throws IOException {
        String script = "#!/bin/sh\nexec \"%s\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp \"%s\" %s \"$@\"\n"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        "dev.fotabridge.fixtures.cli.FixturesMain");
        Path program = Files.writeString(directory.resolve("fota-bridge"), script);
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("no program can be made at " + program);
        }
        return program;
    }
}
