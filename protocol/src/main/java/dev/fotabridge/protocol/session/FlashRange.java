package dev.fotabridge.protocol.session;

/** Absolute flash addresses, unsigned 32 bits in a long. */
public record FlashRange(long base, long length) {}
