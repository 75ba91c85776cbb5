package dev.fotabridge.station.control;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt and its end, as the API and the export show it. Texts are empty where nothing is known. The columns of the export are
 * these components, in this order.
 *
 * @param seq rises with each attempt that begins
 * @param id UUID of the attempt
 * @param runId UUID of the run
 * @param isFinal whether the run ended with this attempt
 * @param attempt number of the attempt in its run, from 1
 * @param continues the run that this one continues after a restart
 * @param station name of the station
 * @param line production line
 * @param bay number of the bay
 * @param fixture fixture of the bay
 * @param operator who worked there
 * @param workOrder work order
 * @param lot lot
 * @param part part number
 * @param revision revision of the part
 * @param unit id that the board told
 * @param probe serial number of its debugger
 * @param scan label that was scanned
 * @param verdict what it says about the unit; empty while the attempt runs
 * @param reason why it ended
 * @param message one sentence about this very case
 * @param started when it began
 * @param ended when it ended
 * @param seconds how long it took, by a clock that nobody sets
 * @param isClockSuspect whether the clock had been set back
 * @param start what started the run
 * @param source release or AWS job document that the image came from
 * @param fileSha256 SHA-256 of the file
 * @param imageHash MCUboot's hash of the image that was meant
 * @param imageHashObserved hash that the board answered with at the end
 * @param from version that ran before
 * @param to version of the image
 * @param thing the board's thing at AWS
 * @param jobId job at AWS
 * @param execution execution of the job
 * @param cloudIntended what AWS is to be told
 * @param cloudAnswered what AWS has answered
 * @param cloudProblem why AWS has not taken it
 * @param cloudMessage one sentence about that
 * @param stage how far the attempt had come on the board
 * @param isBoardGone whether the board had left its place
 * @param evidence what was found of an attempt that was cut off
 * @param toolVersion version of FOTA Bridge
 * @param stubVersion version of the board's stub
 * @param phases seconds of each phase, by its name
 * @param bytes bytes on the serial line, both directions
 * @param bytesRetransmitted bytes that were sent again
 * @param pagesSent pages of the image that were sent
 */
public record StationRecord(
        long seq,
        String id,
        String runId,
        boolean isFinal,
        int attempt,
        String continues,
        String station,
        String line,
        int bay,
        String fixture,
        String operator,
        String workOrder,
        String lot,
        String part,
        String revision,
        String unit,
        String probe,
        String scan,
        Optional<Verdict> verdict,
        Optional<Reason> reason,
        String message,
        Instant started,
        Optional<Instant> ended,
        Optional<Double> seconds,
        boolean isClockSuspect,
        StartKind start,
        String source,
        String fileSha256,
        String imageHash,
        String imageHashObserved,
        String from,
        String to,
        String thing,
        String jobId,
        String execution,
        String cloudIntended,
        String cloudAnswered,
        String cloudProblem,
        String cloudMessage,
        Optional<RunStage> stage,
        boolean isBoardGone,
        String evidence,
        String toolVersion,
        String stubVersion,
        Map<String, Double> phases,
        long bytes,
        long bytesRetransmitted,
        long pagesSent) {}
