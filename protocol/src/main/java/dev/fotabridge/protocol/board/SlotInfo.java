package dev.fotabridge.protocol.board;

/**
 * MCUboot's secondary slot, as the board reports it. All sizes in bytes.
 *
 * @param imageOffset where the image starts in the slot: 0, or one page in swap-using-offset mode
 * @param sizeLimit the largest file that the board's MCUboot will swap
 */
public record SlotInfo(
        long base,
        int size,
        int pageSize,
        int imageOffset,
        int sizeLimit,
        int writeUnit,
        SwapMode swapMode,
        SlotState state) {}
