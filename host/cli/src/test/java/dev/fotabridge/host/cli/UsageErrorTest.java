package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong command line is told in words, with the word that was meant, and where a value stands that nobody typed. */
final class UsageErrorTest {
    @TempDir
    Path directory;

    private String said(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream people = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertEquals(2, Main.run(arguments, environment, new Streams(people, people)));
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "flash --prot x app.bin, 'fota-bridge flash' has no option '--prot'., Did you mean '--port'? See 'fota-bridge flash --help'.",
                "flash --prot=x app.bin, 'fota-bridge flash' has no option '--prot'., Did you mean '--port'? See 'fota-bridge flash --help'.",
                "flash --frobnicate, 'fota-bridge flash' has no option '--frobnicate'., See 'fota-bridge flash --help'.",
                "flahs app.bin, There is no command 'fota-bridge flahs'., Did you mean 'flash'? See 'fota-bridge --help'.",
                "dmeo, There is no command 'fota-bridge dmeo'., Did you mean 'demo'? See 'fota-bridge --help'.",
                "device inof, There is no command 'fota-bridge device inof'., Did you mean 'info'? See 'fota-bridge device --help'.",
                "image inspect a b, 'b' is one argument too many: 'fota-bridge image inspect' takes FILE., See 'fota-bridge image inspect --help'.",
                "port list a, 'a' is one argument too many: 'fota-bridge port list' takes options only., See 'fota-bridge port list --help'.",
                "flash a --state-dir x --state-dir y, '--state-dir' is given twice., See 'fota-bridge flash --help'."
            })
    void isSaidInWords(String arguments, String sentence, String whatToTry) {
        assertEquals(
                "Error: " + sentence + System.lineSeparator() + "  Try: " + whatToTry + " (USAGE, exit code 2)",
                said(Map.of("HOME", directory.toString()), arguments.split(" ")));
    }

    @Test
    void whereAWrongValueStandsIsSaid() throws Exception {
        String home = directory.toString();
        String wrong = "Error: Invalid value for option '--baud': 'fast' is no whole number of at most 2147483647";
        String line = said(Map.of("HOME", home, "FOTA_BRIDGE_BAUD", "fast"), "device", "info")
                .lines()
                .findFirst()
                .orElseThrow();
        assertEquals(wrong + " (environment: FOTA_BRIDGE_BAUD).", line);
        Path file = Files.writeString(directory.resolve("c.yaml"), "baud: fast\n");
        line = said(Map.of("HOME", home), "device", "info", "--config", file.toString())
                .lines()
                .findFirst()
                .orElseThrow();
        assertEquals(wrong + " (file: " + file + ").", line);
        line = said(Map.of("HOME", home, "FOTA_BRIDGE_BAUD", "9600"), "device", "info", "-bfast")
                .lines()
                .findFirst()
                .orElseThrow();
        assertEquals(wrong + ".", line);
    }
}
