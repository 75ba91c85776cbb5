package dev.fotabridge.protocol.board;

/** Absolute flash addresses, unsigned 32 bits in a long. */
public record FlashRange(long base, long length) {
    /** Returns the first address behind the range. */
    public long end() {
        return base + length;
    }
}
