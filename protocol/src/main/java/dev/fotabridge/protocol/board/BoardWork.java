package dev.fotabridge.protocol.board;

/**
 * How long a board is busy with one page, as it says itself; SPEC.md section 3.2. All 0 if it did not say.
 *
 * @param eraseMicros a page
 * @param programMicros a page in which no byte is 0xFF
 * @param digestNanos a byte
 * @param inflateInNanos a byte of a deflate stream
 * @param inflateOutNanos a byte that comes out of it, on top
 */
public record BoardWork(
        long eraseMicros, long programMicros, int digestNanos, int inflateInNanos, int inflateOutNanos) {
    /** Nothing is known: the line decides alone. */
    public static final BoardWork UNKNOWN = new BoardWork(0, 0, 0, 0, 0);
}
