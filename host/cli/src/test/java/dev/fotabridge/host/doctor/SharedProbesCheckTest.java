package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.doctor.Finding.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedProbesCheckTest {
    private static PortReport port(String path, String serial, boolean console) {
        return new PortReport(path, serial, console ? 0 : 2, "", "", console, PortReport.State.FREE, "");
    }

    @Test
    void twoDebuggersWithOneNumberAreNamed() {
        CheckResult<Void> found =
                new SharedProbesCheck(List.of(port("/dev/a", "1", true), port("/dev/b", "1", true))).run();
        assertEquals(Status.WARN, found.status());
        assertEquals("2 debuggers have the serial number 1: /dev/a, /dev/b.", found.message());
    }

    @Test
    void portsOfOneBoardAndBoardsWithoutANumberAreNot() {
        assertEquals(
                Status.OK,
                new SharedProbesCheck(List.of(
                                port("/dev/a", "1", true),
                                port("/dev/b", "1", false),
                                port("/dev/c", "", true),
                                port("/dev/d", "", true)))
                        .run()
                        .status());
    }
}
