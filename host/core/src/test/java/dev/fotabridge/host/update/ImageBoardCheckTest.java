package dev.fotabridge.host.update;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.host.image.ImageHeader;
import dev.fotabridge.host.image.ImageKind;
import dev.fotabridge.host.image.SignatureCheck;
import dev.fotabridge.host.image.SignatureType;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.FlashRange;
import dev.fotabridge.protocol.board.ImageVersion;
import dev.fotabridge.protocol.board.RunningState;
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
        return check(size, boardTypes, Optional.empty());
    }

    private static ImageBoardCheck check(int size, List<String> boardTypes, Optional<ImageHeader> header) {
        ImageDescriptor image = new ImageDescriptor(
                ImageKind.MCUBOOT,
                size,
                Boards.NEW,
                size,
                Optional.of(Boards.NEW),
                header,
                List.of(),
                SignatureType.NONE,
                SignatureCheck.NO_SIGNATURE,
                Optional.empty(),
                true,
                List.of());
        return new ImageBoardCheck(image, boardTypes, false);
    }

    /** TF-M's part of the slot; the stub reads the running image's hash where its TLVs lie. */
    @ParameterizedTest
    @CsvSource({"0x7FFF, false", "0x8000, true"})
    void anImageWhoseHashWouldLieWhereTheStubCannotReadIsRefused(String tlvOffset, boolean fits) {
        int offset = Integer.decode(tlvOffset);
        List<FlashRange> ranges = List.of(new FlashRange(0x10000, 0x200), new FlashRange(0x18000, 0x68000));
        ImageHeader header = new ImageHeader(0, 0x200, 0, offset - 0x200, 0, new ImageVersion(2, 0, 0, 0));
        ImageBoardCheck check = check(offset + 40, List.of(), Optional.of(header));
        if (fits) {
            assertDoesNotThrow(() -> check.require(Boards.reads(ranges, 0x10000)));
        } else {
            BoardInfo board = Boards.reads(ranges, 0x10000);
            FotaException refusal = assertThrows(FotaException.class, () -> check.require(board));
            assertEquals(Reason.IMAGE_SIZE, refusal.reason());
            assertTrue(refusal.getMessage().contains("32768"), refusal.getMessage());
        }
        assertDoesNotThrow(() -> check.require(Boards.reads(List.of(), 0x10000)));
        assertDoesNotThrow(() -> check.require(Boards.reads(ranges, BoardInfo.Running.UNKNOWN_ADDRESS)));
    }
}
