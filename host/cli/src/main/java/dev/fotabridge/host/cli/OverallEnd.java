package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import java.util.List;

/** How a command for several boards ended: one reason, and with it one exit code. Tested by OverallEndTest. */
final class OverallEnd {
    private OverallEnd() {}

    /**
     * All done: 0. Interrupted: 130, whatever other boards reached before. All failed with the same exit code: that one, by the
     * reason of the first. Everything else is PARTIAL.
     *
     * @param reasons one for each board, at least one
     */
    static RunEnd of(List<Reason> reasons) {
        return new RunEnd(reason(reasons), sentence(reasons));
    }

    private static Reason reason(List<Reason> reasons) {
        if (reasons.contains(Reason.INTERRUPTED)) {
            return Reason.INTERRUPTED;
        }
        Reason first = reasons.get(0);
        if (reasons.stream().allMatch(OverallEnd::isDone)) {
            return reasons.contains(Reason.SUCCEEDED) ? Reason.SUCCEEDED : first;
        }
        boolean alike = reasons.stream().allMatch(reason -> reason.exitCode() == first.exitCode());
        return alike ? first : Reason.PARTIAL;
    }

    private static String sentence(List<Reason> reasons) {
        long done = reasons.stream().filter(OverallEnd::isDone).count();
        int all = reasons.size();
        if (all == 1) {
            return done == 1 ? "The one board is done." : "The one board is not done.";
        }
        if (done == all) {
            return "All " + all + " boards are done.";
        }
        return done == 0
                ? "None of " + all + " boards is done."
                : done + " of " + all + " boards " + (done == 1 ? "is" : "are") + " done.";
    }

    /** Whether the board runs the image, or holds it if more was not asked for. */
    static boolean isDone(Reason reason) {
        return reason.outcome() == Outcome.SUCCEEDED || reason.outcome() == Outcome.UP_TO_DATE;
    }
}
