package dev.fotabridge.host.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.image.ImageInspector;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Image files that say another size than they have, or none. */
final class PreparedImageTest {
    private static final UpdateOptions OPTIONS =
            new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());

    @TempDir
    Path directory;

    @Test
    void aDeviceThatNeverEndsIsNotRead() {
        Path endless = Path.of("/dev/zero");
        assumeTrue(Files.isReadable(endless), "not on this system");
        assertEquals(Reason.IMAGE_UNREADABLE, refusal(endless));
    }

    @Test
    void aFileLargerThanAnyBoardIsTooLarge() throws Exception {
        Path large = directory.resolve("large.bin");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(ImageInspector.MAX_FILE_BYTES + 1L);
        }
        assertEquals(Reason.IMAGE_SIZE, refusal(large));
    }

    private static Reason refusal(Path file) {
        return assertThrows(FotaException.class, () -> PreparedImage.of(file, OPTIONS))
                .reason();
    }
}
