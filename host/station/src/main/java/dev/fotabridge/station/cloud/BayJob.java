package dev.fotabridge.station.cloud;

import java.util.Optional;

/**
 * What AWS mode says of a bay.
 *
 * @param thing AWS's thing of the board; empty while its name is not complete, or cannot be used
 * @param job the job that a start would carry out; empty if there is none now
 * @param message one sentence for people, such as why there is no job
 */
public record BayJob(String thing, Optional<StationJob> job, String message) {}
