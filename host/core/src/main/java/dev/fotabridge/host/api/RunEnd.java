package dev.fotabridge.host.api;

/**
 * How something ended.
 *
 * @param reason why, with exit code and what to try
 * @param message one sentence about this very case
 */
public record RunEnd(Reason reason, String message) {}
