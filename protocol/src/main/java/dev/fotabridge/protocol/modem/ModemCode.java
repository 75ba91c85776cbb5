package dev.fotabridge.protocol.modem;

import java.util.Map;

/**
 * What the modem, or its library on the board, answers when it refuses: the modem's own codes are positive
 * (NRF_MODEM_DELTA_DFU_...), those of the library negative (-NRF_E...).
 */
public final class ModemCode {
    /** The header is none of a delta. */
    public static final int INVALID_HEADER_DATA = 3;

    /** The data is damaged; while an erase runs, older modems say this instead of ERASE_PENDING. */
    public static final int INVALID_DATA = 5;

    /** The delta is for another firmware than the one that runs. */
    public static final int INVALID_UUID = 9;

    /** The area must be erased. */
    public static final int AREA_NOT_BLANK = 11;

    /** The modem holds another file, or another part of it. */
    public static final int INVALID_FILE_OFFSET = 14;

    /** What the modem remembers of its area is damaged. */
    public static final int PROGRESS_LOG_INVALID = 15;

    /** It cannot go on where it is. */
    public static final int INVALID_RESUME_ATTEMPT = 16;

    /** The erase is not over. */
    public static final int ERASE_PENDING = 17;

    /** Bytes are missing at the end. */
    public static final int INCOMPLETE_DATA = 19;

    /** A write did not come to its end. */
    public static final int INTERRUPTED_WRITE = 20;

    /** The supply is too low. */
    public static final int NOT_ALLOWED_POFWARN_ON = 23;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "RECEIVER_OUT_OF_MEMORY"),
            Map.entry(2, "RECEIVER_BLOCK_TOO_LARGE"),
            Map.entry(INVALID_HEADER_DATA, "INVALID_HEADER_DATA"),
            Map.entry(4, "ERROR_INTERNAL_00"),
            Map.entry(INVALID_DATA, "INVALID_DATA"),
            Map.entry(6, "ERROR_INTERNAL_01"),
            Map.entry(7, "ERROR_INTERNAL_02"),
            Map.entry(8, "ERROR_INTERNAL_03"),
            Map.entry(INVALID_UUID, "INVALID_UUID"),
            Map.entry(10, "INVALID_ADDRESS"),
            Map.entry(AREA_NOT_BLANK, "AREA_NOT_BLANK"),
            Map.entry(12, "WRITE_ERROR"),
            Map.entry(13, "ERASE_ERROR"),
            Map.entry(INVALID_FILE_OFFSET, "INVALID_FILE_OFFSET"),
            Map.entry(PROGRESS_LOG_INVALID, "PROGRESS_LOG_INVALID"),
            Map.entry(INVALID_RESUME_ATTEMPT, "INVALID_RESUME_ATTEMPT"),
            Map.entry(ERASE_PENDING, "ERASE_PENDING"),
            Map.entry(18, "OPERATION_NOT_ALLOWED"),
            Map.entry(INCOMPLETE_DATA, "INCOMPLETE_DATA"),
            Map.entry(INTERRUPTED_WRITE, "INTERRUPTED_WRITE"),
            Map.entry(21, "INVALID_OPERATION"),
            Map.entry(22, "ERROR_INTERNAL_04"),
            Map.entry(NOT_ALLOWED_POFWARN_ON, "NOT_ALLOWED_POFWARN_ON"),
            Map.entry(-1, "EPERM"),
            Map.entry(-12, "ENOMEM"),
            Map.entry(-14, "EFAULT"),
            Map.entry(-22, "EINVAL"),
            Map.entry(-110, "ESHUTDOWN"));

    private ModemCode() {}

    /** The code's name, or the number in words. */
    public static String name(int code) {
        return NAMES.getOrDefault(code, "code " + code);
    }
}
