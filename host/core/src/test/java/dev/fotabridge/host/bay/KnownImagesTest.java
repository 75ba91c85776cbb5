package dev.fotabridge.host.bay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.update.Boards;
import dev.fotabridge.host.value.Sha256;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.RunningState;
import dev.fotabridge.protocol.upload.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownImagesTest {
    private static final BuiltImage BUILT =
            new ImageBuilder().size(20_000).version("1.2.3").build();

    private static final UpdateOptions OPTIONS =
            new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());

    @TempDir
    Path directory;

    private PreparedImage image;
    private BoardInfo board;

    @BeforeEach
    void prepare() throws Exception {
        Path file = directory.resolve("image.bin");
        BUILT.writeTo(file);
        image = PreparedImage.of(file, OPTIONS);
        board = Boards.board(image.imageHash(), RunningState.CONFIRMED, "00".repeat(8));
    }

    private KnownImages images() {
        return KnownImages.open(new StateDirectory(directory.resolve("state")));
    }

    @Test
    void whatWasBroughtToABoardIsKnownWhenItRuns() {
        images().keep(image);
        Packing packing = images().packing(board, 115_200);
        assertArrayEquals(BUILT.bytes(), packing.runningImage());
        assertEquals(11_520, packing.lineBytesPerSecond());
    }

    @Test
    void anImageOfAnotherHashIsNotTakenForIt() {
        images().keep(image);
        BoardInfo other = Boards.board(Sha256.parse("11".repeat(32)), RunningState.CONFIRMED, "00".repeat(8));
        assertEquals(0, images().packing(other, 115_200).runningImage().length);
    }

    @Test
    void aDamagedFileIsNotUsed() throws IOException {
        images().keep(image);
        try (Stream<Path> files = Files.list(directory.resolve("state/cache/files"))) {
            List<Path> kept = files.toList();
            assertEquals(1, kept.size());
            byte[] bytes = Files.readAllBytes(kept.get(0));
            bytes[100] ^= 1;
            Files.write(kept.get(0), bytes);
        }
        assertEquals(0, images().packing(board, 115_200).runningImage().length);
    }

    /** A file where the directory should be: nothing is kept, and nothing fails. */
    @Test
    void aDiskThatRefusesCostsTheSavingOnly() throws IOException {
        Files.writeString(directory.resolve("state"), "no directory");
        images().keep(image);
        assertEquals(0, images().packing(board, 115_200).runningImage().length);
    }
}
