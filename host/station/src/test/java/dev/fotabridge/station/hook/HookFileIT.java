package dev.fotabridge.station.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fotabridge.host.api.FotaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners and modes of real files. */
@Tag("real")
final class HookFileIT {
    @TempDir
    Path directory;

    private Path hook;

    @BeforeEach
    void write() throws Exception {
        hook = Files.writeString(directory.resolve("hook"), "#!/bin/sh\n");
        mode(hook, "rwxr-xr-x");
    }

    private static void mode(Path file, String mode) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private String refused(Path program) {
        FotaException refused = assertThrows(FotaException.class, () -> HookFile.checked(program));
        assertEquals(3, refused.reason().exitCode());
        return refused.getMessage();
    }

    @Test
    void aProgramOfTheStationsUserOrOfRootIsTaken() throws Exception {
        assertEquals(hook.toRealPath(), HookFile.checked(hook));
        assertEquals(Path.of("/bin/sh").toRealPath(), HookFile.checked(Path.of("/bin/sh")));
    }

    @Test
    void whatIsCheckedIsTheFileBehindALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), hook);
        assertEquals(hook.toRealPath(), HookFile.checked(link));
        mode(hook, "rwxrwxrwx");
        assertTrue(refused(link).contains("can be written by others"), () -> refused(link));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwxr-x", "rwxr-xrwx"})
    void aProgramThatOthersCanWriteIsRefused(String mode) throws Exception {
        mode(hook, mode);
        assertTrue(refused(hook).contains("can be written by others than its owner"), () -> refused(hook));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwxr-x"})
    void aProgramInAFolderThatOthersCanWriteIsRefused(String mode) throws Exception {
        mode(directory, mode);
        assertTrue(refused(hook).contains("lies below " + directory), () -> refused(hook));
        mode(directory, "rwxr-xr-x");
        HookFile.checked(hook);
    }

    @Test
    void aProgramOfAnotherUserIsRefused() throws Exception {
        assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root gives files away");
        Files.setAttribute(hook, "unix:uid", 12_345);
        assertTrue(refused(hook).contains("belongs to user 12345"), () -> refused(hook));
        Files.setAttribute(hook, "unix:uid", 0);
        Files.setAttribute(directory, "unix:uid", 12_345);
        assertTrue(refused(hook).contains("lies below " + directory), () -> refused(hook));
        Files.setAttribute(directory, "unix:uid", 0);
    }

    @Test
    void whatIsNoProgramIsRefused() throws Exception {
        mode(hook, "rw-r--r--");
        assertTrue(refused(hook).contains("no program that this user may start"), () -> refused(hook));
        assertTrue(refused(directory).contains("no program"), () -> refused(directory));
        assertTrue(refused(directory.resolve("none")).contains("does not exist"));
    }
}
