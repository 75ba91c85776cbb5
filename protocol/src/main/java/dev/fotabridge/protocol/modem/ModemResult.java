package dev.fotabridge.protocol.modem;

import java.util.Locale;

/** How the modem's own update ended, under nrf_modem's names (NRF_MODEM_DFU_RESULT_...). */
public enum ModemResult {
    /** The modem has not said: it carried no update out when it was last initialised. */
    NONE(0),
    /** The new firmware runs. */
    OK(0x0550_0001),
    /** The modem does not start any more: it needs to be programmed anew. */
    INTERNAL_ERROR(0x0440_0001),
    /** The same. */
    HARDWARE_ERROR(0x0440_0002),
    /** The old firmware runs. */
    AUTH_ERROR(0x0440_0003),
    /** The old firmware runs. */
    UUID_ERROR(0x0440_0004),
    /** Not carried out; the modem tries again when it is initialised the next time. */
    VOLTAGE_LOW(0x0440_0005),
    /** A number that has no name here. */
    UNKNOWN(-1);

    private final long code;

    ModemResult(long code) {
        this.code = code;
    }

    /** The number on the wire. */
    public long code() {
        return code;
    }

    /** Total: what has no name is UNKNOWN. */
    public static ModemResult of(long code) {
        for (ModemResult result : values()) {
            if (result.code == code) {
                return result;
            }
        }
        return UNKNOWN;
    }

    /** Its name, with the number where the name does not say it. */
    public static String name(long code) {
        ModemResult result = of(code);
        return result == UNKNOWN ? String.format(Locale.ROOT, "result 0x%08x", code) : result.name();
    }
}
