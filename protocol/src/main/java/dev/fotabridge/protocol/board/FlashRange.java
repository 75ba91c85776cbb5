package dev.fotabridge.protocol.board;

/** Absolute flash addresses, unsigned 32 bits in a long. */
public record FlashRange(long base, long length) {
    /** The first address behind it. */
    public long end() {
        return base + length;
    }
}
