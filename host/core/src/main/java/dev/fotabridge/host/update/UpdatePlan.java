package dev.fotabridge.host.update;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.value.Sha256;
import dev.fotabridge.protocol.board.BoardInfo;

/**
 * What is to be done to one board.
 *
 * @param execution names the job execution or the file
 * @param imageHash hash TLV of the new image
 * @param fileSha256 of the bytes that go to the board
 * @param version of the new image, for people; may be empty
 * @param completeOn when it counts as done
 * @param firstContactNanos how long the board may take to answer for the first time
 * @param linkTimeoutNanos how long a lost board may take to come back; the time of a swap is added to it
 * @param check what this image asks of a board
 * @param target what is replaced; of a modem delta imageHash is the file's SHA-256, and nothing reports it
 */
public record UpdatePlan(
        String execution,
        Sha256 imageHash,
        Sha256 fileSha256,
        String version,
        CompleteOn completeOn,
        long firstContactNanos,
        long linkTimeoutNanos,
        BoardCheck check,
        UpdateTarget target) {
    /** Of an image for slot 1. */
    public UpdatePlan(
            String execution,
            Sha256 imageHash,
            Sha256 fileSha256,
            String version,
            CompleteOn completeOn,
            long firstContactNanos,
            long linkTimeoutNanos,
            BoardCheck check) {
        this(
                execution,
                imageHash,
                fileSha256,
                version,
                completeOn,
                firstContactNanos,
                linkTimeoutNanos,
                check,
                UpdateTarget.APPLICATION);
    }

    /** What runs on a board of that which the update replaces; empty if the board does not say. */
    public String versionOn(BoardInfo board) {
        return target.versionOn(board);
    }
}
