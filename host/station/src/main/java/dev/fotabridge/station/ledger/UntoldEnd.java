package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.Reason;
import java.time.Instant;

/**
 * An end that AWS has not answered.
 *
 * @param attempt seq of the attempt
 * @param run id of its run
 * @param ended when the attempt ended
 * @param thing AWS's thing
 * @param jobId AWS's job
 * @param execution the job's execution
 * @param intended SUCCEEDED, FAILED or REJECTED
 * @param reason why the attempt ended
 * @param message one sentence about this very case
 */
public record UntoldEnd(
        long attempt,
        String run,
        Instant ended,
        String thing,
        String jobId,
        String execution,
        String intended,
        Reason reason,
        String message) {}
