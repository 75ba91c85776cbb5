package dev.fotabridge.host.update;

import dev.fotabridge.host.value.Sha256;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;

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
 * @param modem whether it is a delta for the board's modem; imageHash is then the file's SHA-256, and nothing reports it
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
        boolean modem) {
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
        this(execution, imageHash, fileSha256, version, completeOn, firstContactNanos, linkTimeoutNanos, check, false);
    }

    /** What runs on a board of that which the update replaces; empty if the board does not say. */
    public String versionOn(BoardInfo board) {
        return modem ? board.modem().map(ModemInfo::version).orElse("") : BoardVersion.of(board);
    }
}
