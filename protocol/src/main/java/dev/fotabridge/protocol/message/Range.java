package dev.fotabridge.protocol.message;

/** Bytes of the stream from {@code start} inclusive to {@code end} exclusive, unsigned 32 bits each. */
public record Range(long start, long end) {}
