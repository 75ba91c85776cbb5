package dev.fotabridge.protocol.upload;

/**
 * A record as it goes into the stream.
 *
 * @param lineSeconds how long the line is busy with it
 * @param boardSeconds how long the board is busy with it, once it has arrived
 */
record Packed(byte[] bytes, double lineSeconds, double boardSeconds) {}
