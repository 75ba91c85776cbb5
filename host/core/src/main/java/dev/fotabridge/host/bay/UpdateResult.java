package dev.fotabridge.host.bay;

import dev.fotabridge.host.link.WireTotals;
import dev.fotabridge.host.outcome.Reason;
import java.util.Map;

/**
 * How a command ended. Texts are empty where nothing is known.
 *
 * @param message one sentence about this very case
 * @param from version that ran before
 * @param to version of the new image
 * @param modemResult of a modem delta: the modem's own name for how it ended
 * @param seconds of wall time
 * @param spans seconds of each phase, in order
 * @param hostCpuSeconds of this process, since the update began: the start of the JVM is left out
 */
public record UpdateResult(
        Reason reason,
        String message,
        String jobId,
        String imageHash,
        String fileSha256,
        String from,
        String to,
        String modemResult,
        double seconds,
        Map<String, Double> spans,
        double hostCpuSeconds,
        WireTotals wire) {
    /** Of a command that ended before any update began. */
    public static UpdateResult early(Reason reason, String message) {
        return new UpdateResult(reason, message, "", "", "", "", "", "", 0, Map.of(), 0, WireTotals.NONE);
    }
}
