package dev.fotabridge.host.api;

/**
 * How something ended.
 *
 * @param message one sentence about this very case
 */
public record RunEnd(Reason reason, String message) {}
