package dev.fotabridge.host.update;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.protocol.modem.ModemCode;
import java.util.Set;

/** What a refusal of the modem means: the one table from its codes to ours. Tested by ModemFlowTest. */
final class ModemRefusals {
    /** What the modem holds does not go with what came: its area is erased, and the delta begins anew. */
    private static final Set<Integer> BEGIN_ANEW = Set.of(
            ModemCode.AREA_NOT_BLANK,
            ModemCode.INVALID_FILE_OFFSET,
            ModemCode.PROGRESS_LOG_INVALID,
            ModemCode.INVALID_RESUME_ATTEMPT,
            ModemCode.INTERRUPTED_WRITE);

    private ModemRefusals() {}

    static boolean beginsAnew(int code) {
        return BEGIN_ANEW.contains(code);
    }

    /** Of a refusal that ends the update; total. */
    static Reason reason(int code) {
        return switch (code) {
            case ModemCode.INVALID_UUID -> Reason.MODEM_BASE;
            case ModemCode.INVALID_HEADER_DATA, ModemCode.INVALID_DATA -> Reason.IMAGE_HASH;
            case ModemCode.INCOMPLETE_DATA -> Reason.IMAGE_TRUNCATED;
            case ModemCode.ERASE_PENDING, ModemCode.NOT_ALLOWED_POFWARN_ON -> Reason.MODEM_NOT_READY;
            default -> code < 0 ? Reason.MODEM_NOT_READY : Reason.MODEM_FAILED;
        };
    }

    static String sentence(String operation, int code) {
        return "The modem answered " + operation + " with " + ModemCode.name(code) + meaning(code) + ".";
    }

    private static String meaning(int code) {
        return switch (code) {
            case ModemCode.INVALID_UUID -> ": the delta is for another firmware than the one that it runs";
            case ModemCode.INVALID_HEADER_DATA, ModemCode.INVALID_DATA -> ": the file is damaged";
            case ModemCode.INCOMPLETE_DATA -> ": the file is not complete";
            case ModemCode.NOT_ALLOWED_POFWARN_ON -> ": its supply is too low";
            default -> "";
        };
    }
}
