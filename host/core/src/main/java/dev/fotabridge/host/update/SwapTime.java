package dev.fotabridge.host.update;

import dev.fotabridge.host.value.BoardProfile;
import dev.fotabridge.protocol.board.BoardWork;
import dev.fotabridge.protocol.board.SlotInfo;
import java.util.concurrent.TimeUnit;

/** How long MCUboot may take to swap. */
final class SwapTime {
    private static final BoardProfile BOARD = BoardProfile.NRF9160_DK;

    /** Of the largest slot, for the time before the board has told its own. */
    static final long LARGEST_NANOS = 3 * BOARD.mostPages() * BOARD.pageNanos();

    private SwapTime() {}

    /**
     * Swap-move handles each page three times: one move, then one write in each slot; as if the slot were full, since the
     * old image may be the larger one. A board may tell longer times of its flash than are known of its kind. Signature check and start are for the caller's margin.
     */
    static long estimateNanos(SlotInfo slot, BoardWork work) {
        long pages = slot.size() / slot.pageSize();
        long told = TimeUnit.MICROSECONDS.toNanos(work.eraseMicros() + work.programMicros());
        return 3 * pages * Math.max(told, BOARD.pageNanos());
    }
}
