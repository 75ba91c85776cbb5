package dev.fotabridge.host.api;

import java.time.Instant;

/**
 * Where an event comes from. Texts are empty where nothing is known.
 *
 * @param bay {@link Bay#name()}
 * @param board unit id of the board, or the path of its port while the id is not known
 * @param run names one command of a bay, unique in the process: {@link Bays#session()}, a hyphen and a number from 1
 * @param jobId id of the AWS job that is worked on
 * @param time wall clock when the event happened
 * @param nanos nanoseconds on the bay's monotonic clock, which starts near zero when the bay is made
 */
public record EventOrigin(String bay, String board, String run, String jobId, Instant time, long nanos) {}
