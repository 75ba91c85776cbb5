package dev.fotabridge.station.bay;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.verdict.Verdict;

/**
 * Whether a run tries again by itself: after what a second try may mend, and never after what the board itself has answered.
 *
 * @param attempts most attempts of a run, at least 1
 */
public record AttemptRule(int attempts) {
    /**
     * Tells whether another attempt follows.
     *
     * @param result how the attempt ended
     * @param number its number, from 1
     */
    public boolean triesAgain(RunResult result, int number) {
        boolean isOpen = result.verdict() == Verdict.FAIL || result.verdict() == Verdict.ERROR;
        return number < attempts && isOpen && !result.boardGone() && mayPass(result.reason());
    }

    private static boolean mayPass(Reason reason) {
        return switch (reason) {
            case LINK_LOST,
                    NO_ANSWER,
                    PORT_BUSY,
                    PORT_FORBIDDEN,
                    PORT_MISSING,
                    DOWNLOAD_FORBIDDEN,
                    DOWNLOAD_NO_RANGE,
                    DOWNLOAD_HOST_UNKNOWN,
                    DOWNLOAD_TIMEOUT,
                    DOWNLOAD_SIZE,
                    DOWNLOAD_FAILED,
                    STORAGE_FULL,
                    STORAGE_UNWRITABLE -> true;
            default -> false;
        };
    }
}
