package dev.fotabridge.host.update;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.host.image.ImageKind;
import dev.fotabridge.host.image.SignatureCheck;
import dev.fotabridge.host.image.SignatureType;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.protocol.session.BoardInfo;
import dev.fotabridge.protocol.session.RunningState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One image against one board. */
final class ImageBoardCheckTest {
    private static final BoardInfo BOARD = Boards.board(Boards.OLD, RunningState.CONFIRMED, Boards.BOOT_1);

    /** The slot's last pages are the swap's; the board says how much is left for an image. */
    @Test
    void anImageThatFitsTheSlotButNotBesideItsTrailerIsRefused() {
        int limit = BOARD.slot().sizeLimit();
        assertDoesNotThrow(() -> check(limit, List.of()).require(BOARD));
        FotaException refusal = assertThrows(
                FotaException.class, () -> check(limit + 1, List.of()).require(BOARD));
        assertEquals(Reason.IMAGE_SIZE, refusal.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "nrf9160dk_nrf9160_ns",
        "nrf9160dk/nrf9160/ns",
        "nrf9160dk@1.1.0/nrf9160/ns",
        "nrf9160dk_nrf9160ns",
        "NRF9160DK_NRF9160_NS",
        "nrf9160dk",
        "nRF9160 DK",
        "9160DK",
        "nrf9160_pca10090ns",
        "PCA10090"
    })
    void takesEveryWayToWriteABoard(String type) {
        assertDoesNotThrow(() -> check(1, List.of(type)).requireType(BOARD));
    }

    @ParameterizedTest
    @CsvSource({"thingy91_nrf9160_ns", "nrf9160dk_nrf9160", "Thingy91", "nrf9160", "nrf9160dk_", "nrf9161dk"})
    void everyTypeThatIsNamedMustBeTheBoards(String type) {
        List<String> types = List.of("nrf9160dk_nrf9160_ns", type);
        FotaException refusal =
                assertThrows(FotaException.class, () -> check(1, types).requireType(BOARD));
        assertEquals(Reason.BOARD_TYPE, refusal.reason());
    }

    private static ImageBoardCheck check(int size, List<String> boardTypes) {
        ImageDescriptor image = new ImageDescriptor(
                ImageKind.MCUBOOT,
                size,
                Boards.NEW,
                size,
                Optional.of(Boards.NEW),
                Optional.empty(),
                List.of(),
                SignatureType.NONE,
                SignatureCheck.NO_SIGNATURE,
                Optional.empty(),
                true,
                List.of());
        return new ImageBoardCheck(image, boardTypes, false);
    }
}
