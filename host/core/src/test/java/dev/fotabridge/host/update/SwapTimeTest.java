package dev.fotabridge.host.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.value.BoardProfile;
import dev.fotabridge.protocol.board.BoardWork;
import dev.fotabridge.protocol.board.SlotInfo;
import dev.fotabridge.protocol.board.SlotState;
import dev.fotabridge.protocol.board.SwapMode;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SwapTimeTest {
    private static final long KNOWN = BoardProfile.NRF9160_DK.pageNanos();

    private static SlotInfo slot(int pageSize) {
        return new SlotInfo(0x80000, 10 * pageSize, pageSize, 0, 10 * pageSize, 4, SwapMode.MOVE, SlotState.BLANK);
    }

    @Test
    void aBoardThatTellsNothingIsAsItsKind() {
        assertEquals(30 * KNOWN, SwapTime.estimateNanos(slot(4_096), BoardWork.UNKNOWN));
    }

    /** Pages of 8 KiB: half as many, and each takes longer. */
    @Test
    void aBoardWithSlowerPagesIsWaitedForLonger() {
        BoardWork slow = new BoardWork(170_000, 88_000, 0, 0, 0);
        assertEquals(30 * TimeUnit.MILLISECONDS.toNanos(258), SwapTime.estimateNanos(slot(8_192), slow));
    }
}
