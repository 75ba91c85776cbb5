package dev.fotabridge.station.bay;

/** What a bay answers to an input: a cell of the table. */
public enum BayAnswer {
    /** Nothing changes. */
    NOTHING(0, "-"),
    /** An input of another run or job than the bay's own. */
    STALE(0, "dropped: it is of another run"),

    /** A board is there. */
    IDENTIFY(0, "ask who it is: IDENTIFYING"),
    /** Something comes or leaves during a run. */
    NOTE(0, "remember; it counts once the run is stored"),
    /** The board is known now. */
    RECOGNISE(0, "NEEDS_SCAN, READY, or ENDED if the verdict here is this board's; another board's verdict is cleared"),
    /** A board that does not answer can still be started. */
    RECOGNISE_SILENT(0, "as if it had answered, with 'does not answer'"),
    /** The board that stands here may be another one. */
    COMPARE(0, "the same board: -; another one: as if this one had left, then RECOGNISE"),
    /** As COMPARE, in a run. */
    COMPARE_IN_RUN(0, "the same board: -; another one: as if this one had left"),

    /** No board any more. The verdict stays. */
    LEAVE(0, "EMPTY; the verdict stays; a kept start ends ABORTED"),
    /** The board leaves before its run began. */
    END_WITHOUT_BOARD(0, "the run ends ABORTED: STORING"),
    /** The board leaves during its run. */
    LOSE_BOARD(0, "the run is told; ABORTED before MARK is sent, UNKNOWN from MARK to proof, else its proof stands"),

    /** A label for the board that needs one. */
    TAKE_SCAN(200, "READY"),
    /** A label before the board is known. */
    KEEP_SCAN(200, "kept until the board is known"),
    /** A label for a board that may have one already. */
    RESCAN(200, "200 if it has no label yet, or this one; else 409, take the board out first"),
    /** A label during a run. */
    SCANNED_ALREADY(409, "409; 200 if it is the same label"),
    /** There is nothing to scan for. */
    NOTHING_TO_SCAN(409, "409, no board"),

    /** A start is taken. */
    ACCEPT(202, "202: QUEUED; the verdict is cleared; 422 if a label is needed"),
    /** A start is taken before the board is known. */
    KEEP_START(202, "202: kept for 30 s, carried out at READY; 409 if one is kept"),
    /** A start without a board. */
    NO_BOARD(409, "409, no board"),
    /** A start before the scan. */
    SCAN_FIRST(422, "422, scan the label first"),
    /** A start during a run. */
    BUSY(409, "409 with the run's id"),
    /** A start at a locked bay. */
    LOCKED(423, "423, locked: an engineer unlocks it"),

    /** Nothing to abort. */
    NOT_RUNNING(409, "409, no run"),
    /** Perhaps a start that is kept. */
    END_KEPT(202, "202: a kept start ends ABORTED: STORING; 409 if there is none"),
    /** A run that has not touched its board. */
    END_QUEUED(202, "202: the run ends ABORTED: STORING"),
    /** A run on the board. */
    STOP_RUN(
            202,
            "202: before MARK the slot is made harmless, after it the image is reverted; 409 once CONFIRM is sent"),
    /** A run that is over, or nearly. */
    TOO_LATE(409, "409, too late"),
    /** An engineer unlocks. */
    UNLOCKED(200, "200: not locked any more"),

    /** The run may begin. */
    BEGIN_RUN(0, "RUNNING"),
    /** Nobody needs the slot. */
    RETURN_SLOT(0, "the slot is given back"),
    /** The run goes on. */
    NOTE_STAGE(0, "remember the stage"),
    /** The board's part is over. */
    STORE_END(0, "STORING"),
    /** The record is safe, and the verdict may be seen. */
    SHOW_VERDICT(0, "the verdict is shown: ENDED, or EMPTY if the board has left, or IDENTIFYING if one came since"),
    /** Somebody must look after the station's disk. */
    CALL_HANDS(0, "'not stored', needs hands"),

    /** A job ends before its run began. */
    END_JOB(0, "its run ends ABORTED: STORING"),
    /** A job ends during its run. */
    STOP_JOB(0, "before CONFIRM is sent: reverted, ABORTED; after it: -, the verdict stays"),
    /** A kept start has waited for long. */
    EXPIRE(0, "a start kept for 30 s ends ERROR: STORING");

    private final int status;
    private final String words;

    BayAnswer(int status, String words) {
        this.status = status;
        this.words = words;
    }

    /** {@return the HTTP status of the answer to a request; 0 if nobody waits for an answer} */
    public int status() {
        return status;
    }

    /** {@return the answer in words, for the table in the documentation} */
    String words() {
        return words;
    }
}
