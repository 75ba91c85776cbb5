package dev.fotabridge.station.run;

/**
 * The steps of a run, in the order in which they become durable. No step begins before the one above it is done. docs/station.md says
 * what the next start finds behind each, and what it does.
 */
public enum RunStep {
    /** The run is a row, before anybody hears of it. */
    RECORD("run, attempt and key are committed", "the attempt ends ABORTED"),
    /** AWS knows that the work begins. */
    TAKE(
            "the job is IN_PROGRESS at AWS",
            "the attempt ends ABORTED; the job goes on as a new run if its board stands there"),
    /** The board is written, marked, reset and confirmed, and says what it runs. */
    BOARD(
            "the board is proven, or lost",
            "the attempt ends ABORTED, and never PASS; the next run finds what the board runs"),
    /** The end is a row, with all that follows from it. */
    STORE("end, verdict, what AWS shall be told and the plant's outbox are committed", "the verdict is shown; TELL"),
    /** The outbox has the end. Before AWS's answer it is on disk twice. */
    TELL("the end is in AWS's outbox", "it is sent from the outbox"),
    /** The board's journal is not needed any more. */
    FORGET("the journal is removed", "it is sent from the outbox"),
    /** AWS's answer is a row. */
    ANSWER("AWS's answer is committed", "the outbox's file is removed"),
    /** The outbox's file is not needed any more. */
    DISCARD("the outbox's file is removed", "nothing is left to do");

    private final String durable;
    private final String afterwards;

    RunStep(String durable, String afterwards) {
        this.durable = durable;
        this.afterwards = afterwards;
    }

    /** {@return the steps for the documentation} */
    static String markdown() {
        StringBuilder text =
                new StringBuilder("| step | done when | killed behind it, the next start |\n| --- | --- | --- |\n");
        for (RunStep step : values()) {
            text.append("| ").append(step).append(" | ").append(step.durable).append(" | ");
            text.append(step.afterwards).append(" |\n");
        }
        return text.toString();
    }
}
