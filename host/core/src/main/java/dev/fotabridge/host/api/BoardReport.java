package dev.fotabridge.host.api;

import dev.fotabridge.host.value.BoardName;
import java.util.Optional;

/**
 * What a board reports about itself. Texts are empty where the board does not report a value.
 *
 * @param type type of the board, as its build names it, such as {@code nrf9160dk_nrf9160_ns}; at most 32 characters
 * @param unit opaque id of this one board
 * @param bootId 16 hex digits, new at every start of the board
 * @param stubVersion version of the stub that answers
 * @param protocolVersion version of DK Link that both sides speak, from 1
 * @param running the image that runs
 * @param slot where a new image is written
 * @param modem the modem; empty if the stub has none to update
 */
public record BoardReport(
        String type,
        String unit,
        String bootId,
        String stubVersion,
        int protocolVersion,
        Running running,
        Slot slot,
        Optional<Modem> modem) {
    /**
     * {@return whether a name of a board type means this board}
     *
     * @param name type as the board's build names it, {@code nrf9160dk_nrf9160_ns} or {@code nrf9160dk/nrf9160/ns}, with a revision
     *     or without; or a name without a SoC, such as {@code nrf9160dk}, which means all types of that board
     */
    public boolean isOf(String name) {
        return new BoardName(name).names(type);
    }

    /**
     * The image that runs.
     *
     * @param version version in MCUboot's form {@code MAJOR.MINOR.REVISION+BUILD}
     * @param imageHash MCUboot's hash of the image, 64 hex digits
     * @param state CONFIRMED, ON_TRIAL (reverts at the next reset) or UNKNOWN
     * @param applicationConfirms whether the application on the board confirms a new image itself
     */
    public record Running(String version, String imageHash, String state, boolean applicationConfirms) {}

    /**
     * Slot 1, where a new image is written. Sizes in bytes.
     *
     * @param base address of the slot on the flash device
     * @param size size of the slot
     * @param pageSize how much the flash erases at once
     * @param imageOffset where the image begins in the slot: 0, or one page with the swap mode OFFSET
     * @param sizeLimit largest file that the board's MCUboot swaps
     * @param swapMode how MCUboot swaps: MOVE, OFFSET, SCRATCH or OVERWRITE
     * @param state state of MCUboot's trailer: BLANK; PENDING_TEST (swap on trial at the next reset); PENDING_PERMANENT (swap
     *     for good at the next reset); or DIRTY (neither blank nor pending)
     */
    public record Slot(
            long base, int size, int pageSize, int imageOffset, int sizeLimit, String swapMode, String state) {}

    /**
     * The modem. If {@code error} is not empty, only {@code result} is valid beside it.
     *
     * @param error name of the error with which the modem did not answer; empty if it answered
     * @param result modem's name for how its last update ended; empty if there was none since it started
     * @param version version of the firmware that runs, as AT+CGMR returns it
     * @param uuid UUID of the firmware that runs, 36 characters
     * @param areaSize bytes of the largest delta that fits
     * @param offset bytes of a delta that the modem has stored; of no meaning if {@code dirty}
     * @param dirty whether the modem must erase its area before it takes a delta
     */
    public record Modem(
            String error, String result, String version, String uuid, long areaSize, long offset, boolean dirty) {}
}
