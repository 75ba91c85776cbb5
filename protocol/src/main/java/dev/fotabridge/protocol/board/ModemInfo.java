package dev.fotabridge.protocol.board;


/**
 * What a board says of its modem in WELCOME; SPEC.md section 11.
 *
 * @param error 0, or the {@code ModemCode} for which it could not be asked; then only {@code result} says something
 * @param result of the update that the modem carried out when it was last initialised, see {@code ModemResult}; 0 if
 *     there was none
 * @param areaBytes the largest delta that fits
 * @param offset how much of a delta it has for good, or {@link #DIRTY}
 * @param uuid of the firmware that runs, 36 characters; empty if it could not be asked
 * @param version of the firmware that runs, as AT+CGMR says it; empty if it is not known
 */
public record ModemInfo(int error, long result, long areaBytes, long offset, String uuid, String version) {
    /** The offset of an area that must be erased before it takes a delta. */
    public static final long DIRTY = 0x280000;

    /** Characters of a UUID. */
    static final int UUID_LENGTH = 36;
}
