package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HooksCheckTest {
    @TempDir
    Path directory;

    private Path hook(String permissions) throws IOException {
        Path hook = directory.resolve("hook-" + permissions);
        Files.writeString(hook, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString(permissions));
    }

    private static String refused(Path hook) {
        FotaException refused =
                assertThrows(FotaException.class, () -> new HooksCheck(List.of(List.of(hook.toString(), "--x"))).run());
        assertEquals(Reason.CONFIGURATION, refused.reason());
        return refused.getMessage();
    }

    @Test
    void aProgramThatOnlyItsOwnerChangesIsTaken() throws Exception {
        Path hook = hook("rwxr-xr-x");
        assertEquals(
                "The hook can be started.",
                new HooksCheck(List.of(List.of(hook.toString(), "--small")))
                        .run()
                        .message());
    }

    @Test
    void whatOthersMayChangeIsRefused() throws Exception {
        assertTrue(refused(hook("rwxrwxr-x")).contains("can be written by others"));
        assertTrue(refused(hook("rwxr-xrwx")).contains("can be written by others"));
    }

    @Test
    void whatCannotBeStartedIsRefused() throws Exception {
        assertTrue(refused(hook("rw-r--r--")).contains("is no program"));
        assertTrue(refused(directory).contains("is no program"));
        assertTrue(refused(directory.resolve("nothing")).contains("does not exist"));
    }
}
