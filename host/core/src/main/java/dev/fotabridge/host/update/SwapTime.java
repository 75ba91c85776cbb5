package dev.fotabridge.host.update;

import dev.fotabridge.protocol.board.SlotInfo;

/** How long MCUboot may take to swap. */
final class SwapTime {
    /** Erase (87.5 ms) and program (44 ms) of one nRF9160 page; nRF9160 product specification, NVMC. */
    private static final long PAGE_NANOS = 131_500_000L;

    /** Of 112 pages, the largest slot of this board, for the time before the board has told its own. */
    static final long LARGEST_NANOS = 3 * 112 * PAGE_NANOS;

    private SwapTime() {}

    /**
     * Swap-move handles each page three times: one move, then one write in each slot; as if the slot were full, since the
     * old image may be the larger one. Signature check and start are for the caller's margin.
     */
    static long estimateNanos(SlotInfo slot) {
        long pages = slot.size() / slot.pageSize();
        return 3 * pages * PAGE_NANOS;
    }
}
