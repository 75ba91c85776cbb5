package dev.fotabridge.protocol.window;

/**
 * A piece of the stream to send, from {@code start} inclusive to {@code end} exclusive.
 *
 * @param again it was sent before
 */
public record Span(long start, long end, boolean again) {
    public int length() {
        return (int) (end - start);
    }
}
