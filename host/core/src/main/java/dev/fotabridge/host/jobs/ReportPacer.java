package dev.fotabridge.host.jobs;

/**
 * Says when progress is worth an update: every change of phase at once; within a phase each 10 %, or what has changed
 * after 15 s. Keeps a station of many boards far below AWS's rates. Pure; not thread-safe.
 * Tested by StatusDetailsTest.
 */
public final class ReportPacer {
    private static final int STEP_PERCENT = 10;
    private static final long STEP_NANOS = 15_000_000_000L;

    private String phase = "";
    private int percent;
    private long reportedAt;

    /**
     * Asks and, on true, takes note.
     *
     * @param newPhase the phase's name
     * @param newPercent 0 to 100
     * @param now nanoseconds of a monotonic clock
     * @return whether to report
     */
    public boolean isDue(String newPhase, int newPercent, long now) {
        boolean phaseChanged = !newPhase.equals(phase);
        boolean far = newPercent / STEP_PERCENT != percent / STEP_PERCENT;
        boolean late = newPercent != percent && now - reportedAt >= STEP_NANOS;
        if (!phaseChanged && !far && !late) {
            return false;
        }
        phase = newPhase;
        percent = newPercent;
        reportedAt = now;
        return true;
    }
}
