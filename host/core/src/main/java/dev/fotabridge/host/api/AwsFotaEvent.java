package dev.fotabridge.host.api;

import java.util.Optional;

/**
 * One event for the application.
 *
 * @param type one of the six of the AWS FOTA library
 * @param percent with DL_PROGRESS: 0 to 100, how much of the image is durable on the board; -1 otherwise
 * @param reason with ERROR and DONE: why; empty otherwise
 * @param message with ERROR and DONE: one sentence about this very case; empty otherwise
 */
public record AwsFotaEvent(FotaEvent type, int percent, Optional<Reason> reason, String message) {}
