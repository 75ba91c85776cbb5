package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands about records as processes, beside a ledger that another process has open and locked as its station. */
@Tag("real")
@Timeout(120)
final class StationRecordsIT {
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    Path directory;

    private HostProcess run(int code, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("station", "records"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--json", "--state-dir", directory.resolve("state").toString()));
        try (HostProcess process = HostProcess.start(directory, words)) {
            assertEquals(code, process.await(LIMIT_SECONDS), process::toString);
            return process;
        }
    }

    @Test
    void theyWorkWhileTheStationRuns() throws Exception {
        try (SomeLedger station = SomeLedger.open(directory.resolve("state"))) {
            station.begin("r1", 1, "unit-1");
            station.end("r1", Reason.SUCCEEDED);
            assertEquals(1, run(0, "list").count("RECORD"));
            run(0, "correct", "r1", "--field", "scan", "--value", "SN-2", "--why", "wrong label", "--who", "eve");
            station.begin("r2", 2, "unit-2");
            HostProcess shown = run(0, "show", "r1");
            assertEquals(
                    "SN-2", shown.events().get(0).at("/corrections/0/value").asText(), shown::toString);
            HostProcess exported = run(0, "export");
            assertEquals(2, exported.count("RECORD"), exported::toString);
            HostProcess unknown = run(2, "show", "r9");
            assertTrue(unknown.result().path("message").asText().contains("no record 'r9'"), unknown::toString);
        }
    }
}
