package dev.fotabridge.host.api;

import java.time.Instant;

/**
 * Where an event comes from. Texts are empty where nothing is known.
 *
 * @param bay the bay's name: the port or the serial number that it was made with
 * @param board unit id of the board, or its port
 * @param run one for each command of the bay, over all bays of the process
 * @param jobId of the job that is worked on
 * @param time of the wall clock
 * @param nanos of the bay's monotonic clock, which starts near zero
 */
public record EventOrigin(String bay, String board, String run, String jobId, Instant time, long nanos) {}
