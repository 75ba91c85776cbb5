package dev.fotabridge.protocol.board;

/**
 * What a board says of its modem in WELCOME; SPEC.md section 11.
 *
 * @param error 0, or a {@code ModemCode} if the modem did not answer; then only {@code result} is valid
 * @param result a {@code ModemResult}: how the update ended that the modem carried out when it was last initialised; 0 for
 *     no update
 * @param areaBytes the largest delta that fits
 * @param offset bytes of a delta that the modem has stored, or {@link #DIRTY}
 * @param uuid of the firmware that runs, 36 characters; empty if the modem did not answer
 * @param version of the firmware that runs, as AT+CGMR returns it; empty if it is not known
 */
public record ModemInfo(int error, long result, long areaBytes, long offset, String uuid, String version) {
    /** The offset of an area that must be erased before it takes a delta. */
    public static final long DIRTY = 0x280000;

    /** Characters of a UUID. */
    static final int UUID_LENGTH = 36;
}
