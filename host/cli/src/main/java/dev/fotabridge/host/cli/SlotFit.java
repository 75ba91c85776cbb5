package dev.fotabridge.host.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The slots that nRF Connect SDK builds give an nRF9160, and the largest file that MCUboot's swap-move takes in each: the
 * slot without its trailer page and the page that the move needs. A board tells its own limit; this is for a file alone.
 *
 * @param layout size of the slot
 * @param limit bytes of header, body and TLVs
 */
record SlotFit(String layout, int limit) {
    private static final int TWO_PAGES = 2 * 4096;
    private static final int[] SLOT_SIZES = {0x78000, 0x70000, 0x68000};

    /** The layouts that a file of so many bytes fits. */
    static List<SlotFit> of(int size) {
        return Arrays.stream(SLOT_SIZES)
                .filter(slot -> size <= slot - TWO_PAGES)
                .mapToObj(slot -> new SlotFit(String.format(Locale.ROOT, "0x%x slot", slot), slot - TWO_PAGES))
                .toList();
    }
}
