package dev.fotabridge.protocol.upload;

/**
 * A record as it goes into the stream.
 *
 * @param lineSeconds how long the line is busy with it
 * @param boardSeconds how long the board is, once it has come
 */
record Packed(byte[] bytes, double lineSeconds, double boardSeconds) {}
