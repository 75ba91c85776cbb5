package dev.fotabridge.host.api;

/**
 * Tells one job execution of a thing from every other, also when a job is retried, or deleted and made anew under its old name.
 *
 * @param jobId the job's id at AWS, 1 to 64 letters, digits, underscores and hyphens
 * @param executionNumber AWS's number of this execution
 * @param queuedAt when AWS queued it, in seconds since 1970-01-01 UTC
 */
public record ExecutionKey(String jobId, long executionNumber, long queuedAt) {}
