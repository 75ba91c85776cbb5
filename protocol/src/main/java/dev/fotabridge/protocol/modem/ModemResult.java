package dev.fotabridge.protocol.modem;

import java.util.Locale;

/** How the modem's own update ended, under nrf_modem's names (NRF_MODEM_DFU_RESULT_...). */
public enum ModemResult {
    /** The modem carried out no update when it was last initialised. */
    NONE(0),
    /** The new firmware runs. */
    OK(0x0550_0001),
    /** The modem does not start any more and must be programmed again. */
    INTERNAL_ERROR(0x0440_0001),
    /** The modem does not start any more and must be programmed again. */
    HARDWARE_ERROR(0x0440_0002),
    /** The old firmware runs. */
    AUTH_ERROR(0x0440_0003),
    /** The old firmware runs. */
    UUID_ERROR(0x0440_0004),
    /** The supply was too low. The modem tries again at its next start. */
    VOLTAGE_LOW(0x0440_0005),
    /** A number without a name. */
    UNKNOWN(-1);

    private final long code;

    ModemResult(long code) {
        this.code = code;
    }

    /** Returns the number on the wire. */
    public long code() {
        return code;
    }

    /** Returns UNKNOWN for a number without a name. */
    public static ModemResult of(long code) {
        for (ModemResult result : values()) {
            if (result.code == code) {
                return result;
            }
        }
        return UNKNOWN;
    }

    /** Returns the name, or the number if it has no name. */
    public static String name(long code) {
        ModemResult result = of(code);
        return result == UNKNOWN ? String.format(Locale.ROOT, "result 0x%08x", code) : result.name();
    }
}
