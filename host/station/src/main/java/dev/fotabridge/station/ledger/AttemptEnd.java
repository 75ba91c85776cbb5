package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.station.bay.RunResult;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The end of an attempt. Texts are empty where nothing is known.
 *
 * @param run id of the run
 * @param at wall clock
 * @param millis duration by the monotonic clock; empty if the station was restarted meanwhile
 * @param result how it ended
 * @param seen what was seen of the board
 * @param evidence what is known of an attempt that was cut off
 * @param cloudIntended what AWS is to be told: SUCCEEDED, FAILED, REJECTED; empty if nothing
 */
public record AttemptEnd(
        String run,
        Instant at,
        OptionalLong millis,
        RunResult result,
        Seen seen,
        String evidence,
        String cloudIntended) {
    /**
     * What was seen of the board.
     *
     * @param imageHash hash of the image that the board said it runs, after the update
     * @param fromVersion version that it ran before
     * @param stubVersion version of its stub
     * @param phases seconds of each phase, as a JSON object
     * @param wire bytes and pages
     */
    public record Seen(String imageHash, String fromVersion, String stubVersion, String phases, WireTotals wire) {
        /** Nothing was seen. */
        public static final Seen NOTHING = new Seen("", "", "", "{}", WireTotals.NONE);
    }
}
