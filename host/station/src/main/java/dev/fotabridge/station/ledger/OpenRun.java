package dev.fotabridge.station.ledger;

import dev.fotabridge.station.bay.UnitIdentity;

/**
 * A run without its final end.
 *
 * @param run id of the run
 * @param bay number of the bay
 * @param board the board
 * @param attempt number of its attempt
 * @param fileSha256 the file, 64 hex digits
 * @param thing AWS's thing; empty with a release
 * @param jobId AWS's job; empty with a release
 * @param execution the job's execution; empty with a release
 */
public record OpenRun(
        String run,
        int bay,
        UnitIdentity board,
        int attempt,
        String fileSha256,
        String thing,
        String jobId,
        String execution) {}
