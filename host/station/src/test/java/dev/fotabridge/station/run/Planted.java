package dev.fotabridge.station.run;

/** A fault that the world plants, as if the station had it. The judge must find each. */
enum Planted {
    NONE(""),
    /** The verdict is shown when the board has answered, and stored afterwards. */
    PASS_BEFORE_COMMIT("is shown, and no row says so"),
    /** RECORD and TAKE: AWS hears of the work before it is a row. */
    TAKE_BEFORE_RECORD("is IN_PROGRESS without a run"),
    /** TAKE and BOARD: the board is written before AWS knows. */
    BOARD_BEFORE_TAKE("is written for a job that is QUEUED"),
    /** BOARD and STORE: the end is stored before the board has said it. */
    STORE_BEFORE_BOARD("PASS without the board's own word"),
    /** STORE and TELL: AWS hears of the end before it is a row. */
    TELL_BEFORE_STORE("intended"),
    /** TELL and FORGET: the journal goes before the outbox has the end. */
    FORGET_BEFORE_TELL("is on no other disk than the ledger's"),
    /** FORGET and ANSWER: the journal outlives AWS's answer. */
    ANSWER_BEFORE_FORGET("is answered, and its journal is still there"),
    /** ANSWER and DISCARD: the outbox forgets before the answer is a row. */
    DISCARD_BEFORE_ANSWER("is on no other disk than the ledger's"),
    /** What an old run says counts for the run that is under way. */
    OLD_EVENT_ACCEPTED("PASS without the board's own word"),
    /** A start that is asked for again is another run. */
    START_TWICE("has several runs"),
    /** A restart forgets what the bays showed. */
    VERDICT_LOST("shows"),
    /** Another board that answers after the reset is taken for the first. */
    OTHER_BOARD_ACCEPTED("PASS without the board's own word"),
    /** What is told of a job is told of the one behind it, too. */
    TOLD_FOR_THE_NEXT("which no attempt intended"),
    /** A job that has SUCCEEDED is carried out once more. */
    AGAIN_AFTER_SUCCEEDED("once more, which has SUCCEEDED"),
    /** The row says that AWS has answered, and AWS has not. */
    ANSWER_INVENTED("and AWS never had that"),
    /** An end is forgotten when its board leaves. */
    END_FORGOTTEN("has no answer");

    /** Of the judge's sentence. */
    final String finding;

    Planted(String finding) {
        this.finding = finding;
    }
}
