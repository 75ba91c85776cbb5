package dev.fotabridge.station.bay;

import java.util.Optional;

/**
 * What is asked of a start before the bay itself is asked, in this order: whether this very start was taken before, whether what the page
 * showed is still so, and whether the station can take starts at all.
 */
public final class StartGate {
    /** What stops a start, with the HTTP status of the answer. */
    public enum Check {
        /** The key was used at this bay: it is the same start, asked for again. */
        SAME_START(
                202,
                "the Idempotency-Key was used at this bay",
                "the same run, also after its end and after a restart"),
        /** The key was used at another bay. */
        KEY_OF_ANOTHER_BAY(422, "the Idempotency-Key was used at another bay", "422"),
        /** The page has not seen the bay's last run. */
        RUN_SINCE(409, "`after` names another run than the bay's last one", "409 with the last run's id"),
        /** The ledger cannot be written, or the disk is nearly full. */
        NOT_STORABLE(503, "records cannot be stored, or less than 256 MiB are free", "503"),
        /** The brake for a bad release. */
        STOPPED(423, "starts are stopped (`stopAfter`)", "423, until an engineer resumes"),
        /** The release on disk is not the approved one any more. */
        RELEASE_CHANGED(423, "the release has changed on disk", "423, until an engineer reloads it");

        private final int status;
        private final String when;
        private final String answer;

        Check(int status, String when, String answer) {
            this.status = status;
            this.when = when;
            this.answer = answer;
        }

        /** {@return the HTTP status of the answer} */
        public int status() {
            return status;
        }
    }

    /**
     * A start that is asked for.
     *
     * @param bay number of the bay
     * @param key Idempotency-Key, unique for each start that somebody means
     * @param after id of the last run that the asker has seen at this bay; empty if it does not say
     */
    public record Request(int bay, String key, Optional<String> after) {}

    /**
     * A start that was taken.
     *
     * @param bay where
     * @param run id of its run
     */
    public record Taken(int bay, String run) {}

    /**
     * Whether the station can take starts.
     *
     * @param storable whether records can be stored
     * @param stopped whether units did not start the image one after the other
     * @param releaseChanged whether the release on disk is another than the approved one
     */
    public record Condition(boolean storable, boolean stopped, boolean releaseChanged) {}

    private StartGate() {}

    /**
     * Returns what stops the start; empty if the bay is to be asked.
     *
     * @param request the start
     * @param sameKey the start that was taken with this key; empty if there is none
     * @param lastRun id of the bay's last run; empty if there was none
     * @param condition of the station
     */
    public static Optional<Check> stops(Request request, Optional<Taken> sameKey, String lastRun, Condition condition) {
        if (sameKey.isPresent()) {
            return Optional.of(sameKey.get().bay() == request.bay() ? Check.SAME_START : Check.KEY_OF_ANOTHER_BAY);
        } else if (request.after().filter(seen -> !seen.equals(lastRun)).isPresent()) {
            return Optional.of(Check.RUN_SINCE);
        } else if (!condition.storable()) {
            return Optional.of(Check.NOT_STORABLE);
        } else if (condition.stopped()) {
            return Optional.of(Check.STOPPED);
        }
        return condition.releaseChanged() ? Optional.of(Check.RELEASE_CHANGED) : Optional.empty();
    }

    /** {@return the checks for the documentation} */
    static String markdown() {
        StringBuilder text = new StringBuilder("| if | the answer to a start |\n| --- | --- |\n");
        for (Check check : Check.values()) {
            text.append("| ")
                    .append(check.when)
                    .append(" | ")
                    .append(check.answer)
                    .append(" |\n");
        }
        return text.toString();
    }
}
