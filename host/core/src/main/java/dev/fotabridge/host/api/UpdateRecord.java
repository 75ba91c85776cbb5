package dev.fotabridge.host.api;

import java.util.Map;
import java.util.Optional;

/**
 * How an update ended, or the command that waited for one. Texts are empty where nothing is known.
 *
 * @param unit what became of the board; what the cloud says afterwards never changes it
 * @param cloud what AWS was to be told, and its answer; empty if there was nothing to tell
 * @param jobId id of the AWS job
 * @param imageHash MCUboot's hash of the image, 64 hex digits; empty for a modem delta
 * @param fileSha256 SHA-256 of the file, 64 hex digits
 * @param from version that ran before
 * @param to version of the new image
 * @param modemResult for a modem delta: the modem's own name for how its update ended
 * @param seconds wall time of the update
 * @param spans seconds of each {@link Phase}, by its name, in the order of their begin; a phase that came twice has the sum
 * @param hostCpuSeconds CPU time of the thread that ran the command while the update ran, nothing of other bays included; 0 where the system does
 *     not count it
 * @param wire what the update did on the serial line
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
    /**
     * {@return the record of a command that ended before an update began}
     *
     * @param reason why it ended
     * @param message one sentence about this very case
     */
    public static UpdateRecord early(Reason reason, String message) {
        return new UpdateRecord(
                new RunEnd(reason, message), Optional.empty(), "", "", "", "", "", "", 0, Map.of(), 0, WireTotals.NONE);
    }

    /**
     * {@return a copy with what is known of AWS now}
     *
     * @param other in place of {@link #cloud}
     */
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

    /** {@return how the command ended for the caller: the cloud's problem if there is one, or else what became of the board} */
    public RunEnd end() {
        return cloud.flatMap(CloudEnd::problem).orElse(unit);
    }

    /** {@return the reason of {@link #end}; its exit code is the one of the command} */
    public Reason reason() {
        return end().reason();
    }

    /** {@return the sentence of {@link #end}} */
    public String message() {
        return end().message();
    }
}
