package dev.fotabridge.host.api;

import java.util.Optional;

/**
 * What a board says of itself. Texts are empty where it does not say.
 *
 * @param type the board's type, as its build names it
 * @param unit opaque id of this one unit
 * @param bootId 16 hex digits, new at every start of the board
 * @param protocolVersion of DK Link
 * @param modem empty if the board has none
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
     * The image that runs.
     *
     * @param version as MCUboot's header has it, {@code 1.2.3+4}
     * @param imageHash 64 hex digits
     * @param state CONFIRMED, ON_TRIAL (reverts at the next restart) or UNKNOWN, as in the protocol's specification
     * @param applicationConfirms whether the application confirms a new image itself
     */
    public record Running(String version, String imageHash, String state, boolean applicationConfirms) {}

    /**
     * Slot 1, where a new image is written. Sizes in bytes.
     *
     * @param base address on the flash device
     * @param imageOffset where the image begins in it
     * @param sizeLimit of an image
     * @param swapMode how MCUboot swaps, as in the protocol's specification
     * @param state BLANK, PENDING_TEST, PENDING_PERMANENT or DIRTY: what MCUboot would do at the next restart
     */
    public record Slot(
            long base, int size, int pageSize, int imageOffset, int sizeLimit, String swapMode, String state) {}

    /**
     * The modem.
     *
     * @param error its name, when the modem cannot be asked
     * @param result how its last update ended
     * @param uuid of its firmware
     * @param areaSize bytes for a delta
     * @param offset bytes of a delta that it holds
     * @param dirty whether its area must be erased before it takes a delta
     */
    public record Modem(
            String error, String result, String version, String uuid, long areaSize, long offset, boolean dirty) {}
}
