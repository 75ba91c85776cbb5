package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.doctor.Finding.Status;
import dev.fotabridge.station.config.StationConfig;
import dev.fotabridge.station.config.StationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClockCheckTest {
    private static final Instant WRITTEN = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    Path directory;

    private CheckResult<Void> at(String time) throws Exception {
        Path file = directory.resolve("station.yaml");
        Files.writeString(file, "station: a\nrelease: r\nbays: [{bay: 1, port: /dev/x}]\n");
        Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
        StationConfig config = StationFile.read(file);
        return new ClockCheck(Instant.parse(time), config).run();
    }

    @Test
    void aClockThatIsBehindWhatWasWrittenIsWrong() throws Exception {
        CheckResult<Void> found = at("2026-11-30T11:58:59Z");
        assertEquals(Status.FAIL, found.status());
        assertTrue(found.message().contains("The clock says 2026-11-30T11:58:59Z"), found.message());
        assertTrue(found.message().contains("was written at 2026-11-30T12:00:00Z"), found.message());
    }

    @Test
    void aMinuteIsTolerated() throws Exception {
        assertEquals(Status.OK, at("2026-11-30T11:59:00Z").status());
        assertEquals("It is 2026-12-01T00:00:00Z.", at("2026-12-01T00:00:00.5Z").message());
    }
}
