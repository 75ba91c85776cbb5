package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.modem.ModemCode;
import dev.fotabridge.protocol.upload.SlotContents;
import java.util.Set;

/** What a session tells its driver, in the order in which it happened. */
public sealed interface SessionEvent {
    /** WELCOME came; state READY. */
    record Connected(BoardInfo board) implements SessionEvent {}

    /**
     * The digests are compared, and nothing was changed; state READY.
     *
     * @param slot what slot 1 holds of the image
     */
    record Compared(SlotContents slot) implements SessionEvent {}

    /**
     * The digests are compared and BEGIN is accepted.
     *
     * @param pages of the image
     * @param toSend pages that will be sent; the others are right already
     * @param alreadyPending the slot is pending with this very image: only VERIFY and MARK remain
     */
    record UploadPlanned(int pages, int toSend, boolean alreadyPending) implements SessionEvent {}

    /**
     * More of the image is durable.
     *
     * @param durablePages number of image pages, from page 0 on without a gap, that are right in flash; skipped ones included
     * @param bytes of the file that are durable, at most total
     */
    record Progress(int durablePages, long bytes, long total) implements SessionEvent {}

    /** The board's SHA-256 over the slot is the file's; state VERIFIED. */
    record Verified() implements SessionEvent {}

    /** The slot is pending as a test swap; state MARKED. */
    record Marked() implements SessionEvent {}

    /** The running image is confirmed; state READY. */
    record Confirmed() implements SessionEvent {}

    /** The upload is dropped, and MCUboot will not swap the slot; state ENDED. */
    record Aborted() implements SessionEvent {}

    /** The board resets now; the session is over, state CLOSED. */
    record Resetting() implements SessionEvent {}

    /** The modem erases its area: seconds, or minutes with a network. */
    record ModemErasing() implements SessionEvent {}

    /** The modem's area is blank. */
    record ModemErased() implements SessionEvent {}

    /**
     * The modem has stored more of the delta. It reports this in coarse steps.
     *
     * @param bytes counted from the file's beginning
     */
    record ModemProgress(long bytes, long total) implements SessionEvent {}

    /** Every byte of the delta was given to the modem; state READY. */
    record ModemWritten() implements SessionEvent {}

    /** The modem will apply the delta at its next start; state READY. */
    record ModemScheduled() implements SessionEvent {}

    /**
     * The modem, or its library on the board, refused; state READY.
     *
     * @param operation OPEN, ERASE, WRITE or SCHEDULE
     * @param code a {@link ModemCode}
     */
    record ModemRefused(String operation, int code) implements SessionEvent {}

    /**
     * The line's rate is settled for now. Also sent if the rate did not change.
     *
     * @param baud the line's rate, bits a second
     * @param bad rates that the line did not carry in this session, or carried badly
     * @param text one sentence: the rate, and why it is no higher
     */
    record LineRate(int baud, Set<Integer> bad, String text) implements SessionEvent {}

    /** A line of the board's console: without line end, with control bytes escaped, at most 512 characters. */
    record ConsoleLine(String text) implements SessionEvent {}

    /**
     * The session is over, state FAILED.
     *
     * @param text one sentence with what was expected and seen
     * @param page the page that failed, or -1
     */
    record Failed(SessionFailure failure, String text, int page) implements SessionEvent {}
}
