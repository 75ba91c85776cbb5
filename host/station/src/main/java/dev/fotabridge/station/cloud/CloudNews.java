package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.Reason;

/** Whom AWS mode tells what has come, by {@link StationCloud#tell}: the station. */
public interface CloudNews {
    /** A job is there that the board at a bay may get: with {@code start: job} a start is asked for. */
    void ready(int bay);

    /** AWS has set the execution of a run IN_PROGRESS. */
    void taken(int bay, String run);

    /**
     * AWS has ended an execution, or never had it.
     *
     * @param bay number of the bay
     * @param thing AWS's thing
     * @param execution which one
     * @param reason JOB_CANCELED, JOB_DELETED, JOB_TIMED_OUT or JOB_TAKEN_OVER
     */
    void jobEnded(int bay, String thing, ExecutionKey execution, Reason reason);

    /** AWS has answered the end of an attempt. */
    void answered(long attempt, CloudEnd answer);
}
