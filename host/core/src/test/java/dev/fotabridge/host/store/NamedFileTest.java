package dev.fotabridge.host.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a file that the user names and that cannot be read. */
final class NamedFileTest {
    @TempDir
    Path directory;

    private static String refusal(Path file) {
        FotaException refused =
                assertThrows(FotaException.class, () -> NamedFile.read(file, "image", 10, Reason.IMAGE_UNREADABLE));
        assertEquals(Reason.IMAGE_UNREADABLE, refused.reason());
        return refused.getMessage();
    }

    @Test
    void oneByteMoreThanTheLimitTellsThatItIsLarger() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[30]);
        assertEquals(11, NamedFile.read(file, "image", 10, Reason.IMAGE_UNREADABLE).length);
    }

    @Test
    void theTrueCauseIsNamed() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[3]);
        Path missing = directory.resolve("missing");
        assertEquals("The image " + missing + " does not exist.", refusal(missing));
        assertEquals("The image " + directory + " is a directory.", refusal(directory));
        assertEquals(
                "The image " + file.resolve("x") + " cannot be read: " + file
                        + " is in the way, which is no directory.",
                refusal(file.resolve("x")));
        String user = System.getProperty("user.name");
        assertEquals(
                "cannot be read by user " + user, NamedFile.whyNot(file, new AccessDeniedException(file.toString())));
    }

    @Test
    void aDeviceIsNotReadFrom() {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device), "no /dev/zero here");
        assertEquals("The image /dev/zero is a device and no file; a serial port is named by --port.", refusal(device));
    }
}
