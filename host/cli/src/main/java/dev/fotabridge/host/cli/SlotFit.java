package dev.fotabridge.host.cli;

import dev.fotabridge.host.value.BoardProfile;
import java.util.List;
import java.util.Locale;

/**
 * The slots that the SDK builds give a board, and the largest file that MCUboot's swap-move takes in each: the
 * slot without its trailer page and the page that the move needs. A board tells its own limit; this is for a file alone.
 *
 * @param layout size of the slot
 * @param limit bytes of header, body and TLVs
 */
record SlotFit(String layout, int limit) {
    private static final BoardProfile BOARD = BoardProfile.NRF9160_DK;
    private static final int TWO_PAGES = 2 * BOARD.pageBytes();

    /** The layouts that a file of so many bytes fits. */
    static List<SlotFit> of(int size) {
        return BOARD.slotBytes().stream()
                .filter(slot -> size <= slot - TWO_PAGES)
                .map(slot -> new SlotFit(String.format(Locale.ROOT, "0x%x slot", slot), slot - TWO_PAGES))
                .toList();
    }
}
