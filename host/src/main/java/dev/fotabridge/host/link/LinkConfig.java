package dev.fotabridge.host.link;

/**
 * How a link behaves.
 *
 * @param baud bits a second on the line
 * @param silenceLimitNanos how long nothing may be heard before the link counts as lost
 * @param software the host's name and version as the board is told, ASCII, at most 32 characters
 */
public record LinkConfig(int baud, long silenceLimitNanos, String software) {}
