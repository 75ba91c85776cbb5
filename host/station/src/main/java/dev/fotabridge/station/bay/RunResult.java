package dev.fotabridge.station.bay;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import dev.fotabridge.station.verdict.VerdictRule;

/**
 * How an attempt ended.
 *
 * @param reason why
 * @param message one sentence about this very case
 * @param stage how far it had come on the board
 * @param boardGone whether the board had left its place
 */
public record RunResult(Reason reason, String message, RunStage stage, boolean boardGone) {
    /** {@return what it says about the unit} */
    public Verdict verdict() {
        return VerdictRule.of(reason, stage, boardGone);
    }

    /** {@return the same end of a board that has left its place} */
    RunResult withBoardGone() {
        return new RunResult(reason, message, stage, true);
    }

    static RunResult beforeTheBoard(Reason reason, String message, boolean boardGone) {
        return new RunResult(reason, message, RunStage.WRITING, boardGone);
    }
}
