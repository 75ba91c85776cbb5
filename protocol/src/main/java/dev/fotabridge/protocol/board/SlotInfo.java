package dev.fotabridge.protocol.board;

import static dev.fotabridge.protocol.board.WelcomeItems.check;

import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.PayloadReader;

/**
 * MCUboot's secondary slot, as the board reports it. All sizes in bytes. Tested by HostileBoardTest.
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
        SlotState state) {
    private static final int SLOT = 0x08;
    private static final int MAX_PAGES = 65_535;

    static SlotInfo of(WelcomeItems items) throws MalformedMessageException {
        PayloadReader in = items.required(SLOT, "SLOT");
        long base = in.u32();
        long size = in.u32();
        long pageSize = in.u32();
        long imageOffset = in.u32();
        long sizeLimit = in.u32();
        int writeUnit = in.u8();
        check(isPowerOfTwo(pageSize, 256, 65_536), "pageSize is " + pageSize);
        check(isPowerOfTwo(writeUnit, 1, 32), "writeUnit is " + writeUnit);
        boolean whole = size % pageSize == 0 && size / pageSize <= MAX_PAGES && size <= Integer.MAX_VALUE;
        check(whole && size >= 2 * pageSize, "the slot's size is " + size);
        check(imageOffset == 0 || imageOffset == pageSize, "imageOffset is " + imageOffset);
        check(sizeLimit >= 1 && sizeLimit <= size - imageOffset - pageSize, "sizeLimit is " + sizeLimit);
        SwapMode swapMode = WelcomeItems.choice(SwapMode.values(), in.u8(), 1, "swapMode");
        SlotState state = WelcomeItems.choice(SlotState.values(), in.u8(), 0, "slotState");
        return new SlotInfo(
                base, (int) size, (int) pageSize, (int) imageOffset, (int) sizeLimit, writeUnit, swapMode, state);
    }

    private static boolean isPowerOfTwo(long value, int min, int max) {
        return value >= min && value <= max && Long.bitCount(value) == 1;
    }
}
