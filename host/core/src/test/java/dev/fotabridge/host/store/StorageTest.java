package dev.fotabridge.host.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are whole or not there, and what is said of a disk that refuses. */
final class StorageTest {
    @TempDir
    Path directory;

    @Test
    void aFileIsReplacedAndNothingIsLeftBesideIt() throws Exception {
        Path file = directory.resolve("deep").resolve("file");
        Storage.write(file, new byte[] {1});
        Storage.write(file, new byte[] {2, 3});
        assertArrayEquals(new byte[] {2, 3}, Storage.read(file).orElseThrow());
        assertEquals(1, file.getParent().toFile().list().length);
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldFileAndNothingBesideIt() throws Exception {
        Path file = Files.createDirectories(directory.resolve("file").resolve("full"))
                .getParent();
        assertThrows(FotaException.class, () -> Storage.write(file, new byte[] {1}));
        assertEquals(1, directory.toFile().list().length);
    }

    @Test
    void whatIsTooLargeOrNoRegularFileIsNotOurs() throws Exception {
        Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
        assertEquals(Optional.empty(), Storage.read(large));
        assertEquals(Optional.empty(), Storage.read(directory));
        assertEquals(Optional.empty(), Storage.read(directory.resolve("missing")));
        assertEquals(
                1 << 20, Storage.read(Files.write(large, new byte[1 << 20])).orElseThrow().length);
    }

    @Test
    void aDirectoryInWhoseWayAFileIsIsNamedWithIt() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        FotaException refused =
                assertThrows(FotaException.class, () -> Storage.write(file.resolve("journal"), new byte[1]));
        assertEquals(Reason.STORAGE_UNWRITABLE, refused.reason());
        assertTrue(refused.getMessage().contains(file + " is in the way"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, STORAGE_FULL",
        "Disk quota exceeded, STORAGE_FULL",
        "There is not enough space on the disk, STORAGE_FULL",
        "Read-only file system, STORAGE_UNWRITABLE",
        "Input/output error, STORAGE_UNWRITABLE"
    })
    void theSystemsEnglishWordsAreAHint(String words, Reason reason) {
        assertEquals(reason, reasonOf(new FileSystemException("x", null, words)));
        assertEquals(reason, reasonOf(new IOException(words)));
    }

    @Test
    void theWordsOfAPathSayNothing() {
        String path = "/quota exceeded/no space left on device";
        assertEquals(Reason.STORAGE_UNWRITABLE, reasonOf(new AccessDeniedException(path)));
        assertEquals(Reason.STORAGE_UNWRITABLE, reasonOf(new FileSystemException(path, null, "Read-only file system")));
    }

    /** Linux's procfs has no blocks and tells so by zeros: its space is not known, and nothing is full. */
    @Test
    void anUnknownSpaceIsNotNone() throws Exception {
        Path unknown = Path.of("/proc");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(unknown));
        assertTrue(DiskSpace.usable(unknown).isEmpty());
        DiskSpace.require(unknown, Long.MAX_VALUE);
    }

    @Test
    void tooLittleSpaceIsReportedBeforeItIsUsed() {
        assertFalse(DiskSpace.usable(directory).isEmpty());
        FotaException refused = assertThrows(FotaException.class, () -> DiskSpace.require(directory, Long.MAX_VALUE));
        assertEquals(Reason.STORAGE_FULL, refused.reason());
    }

    private Reason reasonOf(IOException cause) {
        return StorageFailure.writing(directory.resolve("file"), cause).reason();
    }
}
