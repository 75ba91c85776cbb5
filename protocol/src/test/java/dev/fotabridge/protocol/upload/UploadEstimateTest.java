package dev.fotabridge.protocol.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.BoardWork;
import dev.fotabridge.protocol.board.FlashRange;
import dev.fotabridge.protocol.board.SampleBoards;
import dev.fotabridge.protocol.board.SlotInfo;
import dev.fotabridge.protocol.board.SlotState;
import dev.fotabridge.protocol.board.SwapMode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What would be sent, without a board. UploadEstimateSimTest holds the figures against real uploads. */
final class UploadEstimateTest {
    private static final int PAGE = 4_096;
    private static final int BAUD = 1_000_000;
    private static final BoardWork WORK = new BoardWork(87_500, 44_032, 300, 4_800, 500);

    private final byte[] image = SampleBoards.image(10 * PAGE - 100, 1);

    private static BoardInfo board(SlotState state) {
        SlotInfo slot = new SlotInfo(0x80000, 0x70000, PAGE, 0, 0x6E000, 4, SwapMode.MOVE, state);
        List<FlashRange> readable = List.of(new FlashRange(0x10000, 0x70000), new FlashRange(0x80000, 0x70000));
        return SampleBoards.info(
                slot, 0x10000, new BoardInfo.Flash(readable, true, WORK), new BoardInfo.Features(true, true));
    }

    private UploadEstimate estimate(Upload.Trust trust, SlotState state, byte[] slot) {
        Upload upload = new Upload(image, new byte[32], new byte[32], trust, 0, Packing.at(BAUD, new byte[0]));
        return UploadEstimate.of(upload, board(state), SlotContents.of(slot, image, PAGE));
    }

    @Test
    void aBlankSlotGetsEveryPageWithItsFraming() {
        UploadEstimate estimate = estimate(Upload.Trust.UNKNOWN, SlotState.BLANK, new byte[0]);
        assertEquals(10, estimate.pages());
        assertEquals(10, estimate.toSend());
        // A header of 14 bytes a record, and 15 bytes and a few of COBS a frame of 1 024.
        int least = image.length + 10 * 14 + 40 * 15;
        assertTrue(estimate.wireBytes() > least && estimate.wireBytes() < least + 400, estimate::toString);
        // Random bytes: 42 ms a page on the line, 44 ms and the digest in the flash.
        assertEquals(10 * 0.0453 + 0.042, estimate.seconds(), 0.02);
    }

    @Test
    void pagesThatAreRightAreNotSent() {
        byte[] slot = image.clone();
        Arrays.fill(slot, 3 * PAGE, 5 * PAGE, (byte) 0);
        UploadEstimate estimate = estimate(Upload.Trust.CLEAN, SlotState.DIRTY, slot);
        assertEquals(2, estimate.toSend());
        assertEquals(8, SlotContents.of(slot, image, PAGE).equalPages());
        assertTrue(estimate.wireBytes() < 3 * PAGE, estimate::toString);
        assertTrue(estimate.seconds() > 2 * 0.1315, "erased and programmed, " + estimate);
    }

    @Test
    void aSlotThatHoldsItAllGetsNothing() {
        assertEquals(new UploadEstimate(10, 0, 0, 0), estimate(Upload.Trust.UNKNOWN, SlotState.DIRTY, image));
        assertEquals(new UploadEstimate(10, 0, 0, 0), estimate(Upload.Trust.UNCLEAN, SlotState.PENDING_TEST, image));
        assertTrue(SlotContents.of(image, image, PAGE).isWhole());
    }

    @Test
    void aSlotThatIsNotTrustedGetsAllOfIt() {
        assertEquals(10, estimate(Upload.Trust.NOTHING, SlotState.DIRTY, image).toSend());
    }
}
