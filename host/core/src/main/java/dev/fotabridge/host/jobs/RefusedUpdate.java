package dev.fotabridge.host.jobs;

import dev.fotabridge.host.jobs.JobsReply.State;

/** What has become of an execution, as AWS's refusal of an update tells. */
enum RefusedUpdate {
    /** It has the very end that was asked for: an earlier request of ours had been applied, only its reply was lost. */
    ENDED_AS_ASKED,
    /** It has another end. */
    ENDED,
    /** A version never goes down: under this name AWS has another execution by now. */
    REPLACED,
    /** Somebody else reports on it. */
    TAKEN_OVER,
    /** It goes on at another version than we thought: by a lost reply of ours, or by a change at AWS. */
    GOES_ON;

    /** Own versions lost by lost replies, in a row, before something else must be at work. */
    private static final int MAX_CONFLICTS = 5;

    /**
     * Decides.
     *
     * @param asked status that was refused
     * @param state that AWS has
     * @param version that we expected
     * @param foreign whether another host's report stands in the place of one of ours
     * @param conflictCount in a row, this one included
     */
    static RefusedUpdate of(JobStatus asked, State state, long version, boolean foreign, int conflictCount) {
        if (state.status().isTerminal()) {
            return state.status() == asked ? ENDED_AS_ASKED : ENDED;
        }
        if (state.version() > 0 && state.version() < version) {
            return REPLACED;
        }
        return foreign || conflictCount > MAX_CONFLICTS ? TAKEN_OVER : GOES_ON;
    }
}
