package dev.fotabridge.host.api;

import java.util.Optional;

/**
 * Something that the application should know.
 *
 * @param type one of the six of the AWS FOTA library
 * @param percent 0 to 100 with DL_PROGRESS, of what is durable on the board; -1 otherwise
 * @param reason with ERROR and DONE: why
 * @param message with ERROR and DONE: one sentence about this very case; empty otherwise
 */
public record AwsFotaEvent(FotaEvent type, int percent, Optional<Reason> reason, String message) {}
