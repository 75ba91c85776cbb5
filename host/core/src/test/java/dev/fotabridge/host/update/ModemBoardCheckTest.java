package dev.fotabridge.host.update;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.fixtures.image.ModemDelta;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.host.image.ImageInspector;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.RunningState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is refused before the modem's area is erased. */
final class ModemBoardCheckTest {
    private static ImageDescriptor delta(int size) throws FotaException {
        byte[] file = ModemDelta.between("mfw_1", "mfw_2").size(size).build();
        return new ImageInspector(Optional.empty()).inspect(ByteBuffer.wrap(file));
    }

    private static Reason refused(ImageDescriptor delta, BoardInfo board, String... uuids) {
        ModemBoardCheck check = new ModemBoardCheck(delta, List.of(), List.of(uuids));
        return assertThrows(FotaException.class, () -> check.require(board)).reason();
    }

    @Test
    void aDeltaThatFitsPasses() throws Exception {
        ModemBoardCheck check = new ModemBoardCheck(
                delta(Modems.AREA), List.of("nrf9160dk/nrf9160/ns"), List.of(Modems.OLD_UUID.toUpperCase()));
        assertDoesNotThrow(() -> check.require(Modems.old(0)));
    }

    @Test
    void aDeltaThatDoesNotFitTheAreaIsRefused() throws Exception {
        assertEquals(Reason.IMAGE_SIZE, refused(delta(Modems.AREA + 1), Modems.old(0)));
    }

    @Test
    void aDeltaForAnotherFirmwareIsRefused() throws Exception {
        assertEquals(Reason.MODEM_BASE, refused(delta(1_000), Modems.old(0), Modems.NEW_UUID));
        assertEquals(Reason.MODEM_BASE, refused(delta(1_000), Modems.old(0), Modems.OLD_UUID, Modems.NEW_UUID));
    }

    @Test
    void aBoardWithoutAModemIsRefused() throws Exception {
        BoardInfo without = Boards.board(Boards.OLD, RunningState.CONFIRMED, Boards.BOOT_1);
        assertEquals(Reason.BOARD_TYPE, refused(delta(1_000), without));
    }
}
