package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** bash takes the script, and completes by it. */
@Tag("real")
@Timeout(60)
final class CompletionIT {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    Path directory;

    private String bash(String... arguments) throws Exception {
        assumeTrue(Files.isExecutable(BASH));
        String[] command = new String[arguments.length + 1];
        command[0] = BASH.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    @Test
    void bashTakesTheScript() throws Exception {
        Path script = Files.writeString(directory.resolve("fota-bridge"), CompletionTest.script("bash"));
        assertEquals("", bash("-n", script.toString()));
    }

    @Test
    void bashCompletesByIt() throws Exception {
        Path script = Files.writeString(directory.resolve("fota-bridge"), CompletionTest.script("bash"));
        String ask = "source '" + script
                + "'; COMP_WORDS=(fota-bridge flash --publ); COMP_CWORD=2; COMP_LINE='fota-bridge flash"
                + " --publ'; COMP_POINT=${#COMP_LINE}; _complete_fota-bridge fota-bridge --publ flash 2>/dev/null; echo \"${COMPREPLY[@]}\"";
        assertEquals("--public-key", bash("-c", ask).strip());
    }
}
