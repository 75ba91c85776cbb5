package dev.fotabridge.protocol.board;

import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.PayloadReader;
import java.util.Optional;

/**
 * What a board says of its modem in WELCOME; SPEC.md section 11. Tested by HostileBoardTest.
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
    private static final int UUID_LENGTH = 36;

    private static final int MODEM = 0x10;
    private static final int MODEM_VERSION = 0x11;

    static Optional<ModemInfo> of(WelcomeItems items) throws MalformedMessageException {
        if ((items.features() & BoardInfo.Features.MODEM) == 0) {
            return Optional.empty();
        }
        PayloadReader in = items.required(MODEM, "MODEM");
        int error = (int) in.u32();
        long result = in.u32();
        long area = in.u32();
        long offset = in.u32();
        byte[] uuid = in.bytes(UUID_LENGTH);
        String name = error != 0 ? "" : new PayloadReader("MODEM uuid", uuid).string(0, UUID_LENGTH);
        return Optional.of(
                new ModemInfo(error, result, area, offset, name, items.text(MODEM_VERSION, "MODEM_VERSION", 0)));
    }
}
