package dev.fotabridge.host.api;

import java.util.Optional;

/**
 * An execution that AWS offers to a thing. It is not taken by that: it stays QUEUED until {@link JobQueue#take}.
 *
 * @param execution which one
 * @param isBegun whether AWS has it IN_PROGRESS: an earlier run took it and has not ended it
 * @param facts what the document says; empty if it cannot be read, for which {@link JobQueue#fetch} gives the cause
 */
public record JobOffer(ExecutionKey execution, boolean isBegun, Optional<JobFacts> facts) {}
