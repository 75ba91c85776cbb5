package dev.fotabridge.host.link;

/**
 * How a link behaves.
 *
 * @param startBaud bits a second at which boards are expected to start, and at which the port is opened
 * @param ceilingBaud the highest rate that a board may be asked for
 * @param silenceLimitNanos how long nothing may be heard before the link counts as lost
 * @param software the host's name and version as the board is told, ASCII, at most 32 characters
 */
public record LinkConfig(int startBaud, int ceilingBaud, long silenceLimitNanos, String software) {}
