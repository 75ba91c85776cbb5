package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes a ledger is killed before each of its statements in turn. The next one finds each step of the order whole or not
 * at all, and nothing that had returned is missing.
 */
@Tag("real")
@Timeout(400)
final class LedgerKillIT {
    @TempDir
    Path scratch;

    @Test
    void killedBeforeEachStatement() throws Exception {
        int statement = 1;
        for (String said = killedBefore(statement); !said.equals("DONE"); said = killedBefore(++statement)) {
            requireWhole(scratch.resolve("state" + statement), Integer.parseInt(said), "before statement " + statement);
        }
        assertTrue(statement > 20, "only " + statement + " statements");
        requireWhole(scratch.resolve("state" + statement), KilledLedger.STEPS, "after all");
    }

    /** Returns how many steps had returned, or DONE. */
    private String killedBefore(int statement) throws Exception {
        Path state = Files.createDirectories(scratch.resolve("state" + statement));
        LedgerFile.open(state).close();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledLedger.class.getName(),
                        state.toString(),
                        Integer.toString(statement))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            return lines.readLine();
        } finally {
            // SIGKILL: nothing of the process runs any more.
            process.destroyForcibly();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        }
    }

    private static void requireWhole(Path state, int steps, String when) throws Exception {
        try (LedgerFile file = LedgerFile.open(state)) {
            Ledger ledger = file.ledger(new LockRule(0), new StopRule(0));
            List<Map<String, Object>> rows = file.records().run("r1");
            String found = rows.stream()
                    .map(row -> row.get("verdict") + "/" + row.get("final") + "/" + row.get("cloud_answered"))
                    .collect(Collectors.joining(" "));
            List<String> whole = List.of("", "//", "FAIL/0/ //", "FAIL/0/ PASS/1/", "FAIL/0/ PASS/1/SUCCEEDED");
            int reached = whole.indexOf(found);
            // A step that was not told may be durable: the process was killed on its way back.
            assertTrue(reached == steps || reached == steps + 1, when + ": " + found + " after " + steps + " steps");
            assertEquals(reached > 0, ledger.taken("key-of-r1").isPresent(), when);
            assertEquals(reached == 1 || reached == 2 ? 1 : 0, ledger.open().size(), when);
            assertEquals(reached == 3 ? 1 : 0, ledger.untold().size(), when);
            assertEquals(reached >= 3 ? 1 : 0, plantRows(file), when);
        }
    }

    private static int plantRows(LedgerFile file) throws Exception {
        return file.read(handle -> handle.createQuery("SELECT count(*) FROM plant_outbox")
                .mapTo(Integer.class)
                .one());
    }

    /** What the process does, in the ledger's order. */
    static void play(Ledger ledger, Runnable stepDone) throws Exception {
        ledger.begin(LedgerTest.run("r1", 1, "u1"));
        stepDone.run();
        ledger.tryAgain(LedgerTest.end("r1", Reason.LINK_LOST), "r1-2");
        stepDone.run();
        AttemptEnd end = LedgerTest.end("r1", Reason.SUCCEEDED);
        StoredEnd stored =
                ledger.end(new AttemptEnd("r1", end.at(), end.millis(), end.result(), end.seen(), "", "SUCCEEDED"));
        stepDone.run();
        ledger.answer(stored.attempt(), new CloudAnswer("SUCCEEDED", "", ""), end.at());
        stepDone.run();
    }
}
