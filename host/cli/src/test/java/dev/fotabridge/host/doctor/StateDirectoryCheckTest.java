package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.doctor.Finding.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a directory can be written is asked without making it. */
final class StateDirectoryCheckTest {
    @TempDir
    Path directory;

    @Test
    void aDirectoryThatIsNotThereYetIsNotMade() throws Exception {
        Path state = directory.resolve("a").resolve("state");
        CheckResult<Void> finding = new StateDirectoryCheck(state).run();

        assertNotEquals(Status.FAIL, finding.status());
        assertTrue(finding.message().startsWith(state.toString()), finding::message);
        assertFalse(Files.exists(directory.resolve("a")));
    }

    @Test
    void aFileInItsPlaceIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        FotaException refused =
                assertThrows(FotaException.class, () -> new StateDirectoryCheck(file.resolve("state")).run());

        assertEquals(Reason.STORAGE_UNWRITABLE, refused.reason());
        assertEquals(file + " is not a directory.", refused.getMessage());
    }
}
