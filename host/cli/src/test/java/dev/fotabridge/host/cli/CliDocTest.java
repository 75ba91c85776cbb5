package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/cli.md} is what the commands say of themselves. {@code -Dfota.docs.write=true} writes it. */
final class CliDocTest {
    private static final String WRITE = "fota.docs.write";

    private static final String INTRODUCTION = """
            # Command line

            Generated from the commands by `CliDocTest`; `-D%s=true` writes it again. Exit codes are in [README.md](../README.md#exit-codes).
            The commands of the local world (`demo`, `sim`, `bench`) are not here: `fota-bridge sim --help` has them.
            """.formatted(WRITE);

    private final Path document = Path.of(System.getProperty("fota.repository"), "docs", "cli.md");

    @Test
    void theDocumentIsWhatTheCommandsSay() throws IOException {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        HelpTest.all().forEach(command -> text.append(section(command)));
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(document, text);
        }
        assertEquals(Files.readString(document), text.toString(), "write it again with -D" + WRITE + "=true");
    }

    private static String section(CommandLine command) {
        String help =
                command.getUsageMessage(Ansi.OFF).replaceAll("(?m) +$", "").strip();
        return "\n## " + command.getCommandSpec().qualifiedName() + "\n\n```\n" + help + "\n```\n";
    }
}
