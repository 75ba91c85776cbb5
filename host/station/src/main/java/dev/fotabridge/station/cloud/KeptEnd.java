package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.JobEnd;

/**
 * An end that AWS has not answered, or whose answer is not in the ledger yet.
 *
 * @param attempt seq of the attempt in the ledger
 * @param run id of its run
 * @param thing AWS's thing
 * @param end what AWS is told
 */
public record KeptEnd(long attempt, String run, String thing, JobEnd end) {}
