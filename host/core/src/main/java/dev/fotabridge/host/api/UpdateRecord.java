package dev.fotabridge.host.api;

import java.util.Map;
import java.util.Optional;

/**
 * How an update ended, or the command that waited for one. Texts are empty where nothing is known.
 *
 * @param unit what became of the board: never changed by what the cloud says afterwards
 * @param cloud what AWS was told; empty if there was nothing to tell
 * @param from version that ran before
 * @param to version of the new image
 * @param modemResult of a modem delta: the modem's own name for how it ended
 * @param seconds of wall time
 * @param spans seconds of each phase, in order
 * @param hostCpuSeconds of this process, since the update began: the start of the JVM is left out
 */
public record UpdateRecord(
        RunEnd unit,
        Optional<CloudEnd> cloud,
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
    public static UpdateRecord early(Reason reason, String message) {
        return new UpdateRecord(
                new RunEnd(reason, message), Optional.empty(), "", "", "", "", "", "", 0, Map.of(), 0, WireTotals.NONE);
    }

    /** Returns the same with what is known of AWS now. */
    public UpdateRecord with(CloudEnd other) {
        return new UpdateRecord(
                unit,
                Optional.of(other),
                jobId,
                imageHash,
                fileSha256,
                from,
                to,
                modemResult,
                seconds,
                spans,
                hostCpuSeconds,
                wire);
    }

    /** How the command ended for the one who gave it: what went wrong with the cloud counts before what became of the board. */
    public RunEnd end() {
        return cloud.flatMap(CloudEnd::problem).orElse(unit);
    }

    /** Returns the reason of {@link #end}; its exit code is that of the command. */
    public Reason reason() {
        return end().reason();
    }

    /** Returns the sentence of {@link #end}. */
    public String message() {
        return end().message();
    }
}
