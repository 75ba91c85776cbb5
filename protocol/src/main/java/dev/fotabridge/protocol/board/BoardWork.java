package dev.fotabridge.protocol.board;

import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.PayloadReader;
import java.util.Optional;

/**
 * How long the board is busy with one page, as the board says; SPEC.md section 3.2. All 0 if it does not say.
 * Tested by HostileBoardTest.
 *
 * @param eraseMicros a page
 * @param programMicros a page in which no byte is 0xFF
 * @param digestNanos a byte
 * @param inflateInNanos a byte of a deflate stream
 * @param inflateOutNanos a byte of the inflated page, in addition
 */
public record BoardWork(
        long eraseMicros, long programMicros, int digestNanos, int inflateInNanos, int inflateOutNanos) {
    /** The board does not say: the form of a page is chosen by the line alone. */
    public static final BoardWork UNKNOWN = new BoardWork(0, 0, 0, 0, 0);

    private static final int WORK = 0x0F;

    static BoardWork of(WelcomeItems items) throws MalformedMessageException {
        Optional<PayloadReader> found = items.find(WORK, "WORK");
        if (found.isEmpty()) {
            return UNKNOWN;
        }
        PayloadReader in = found.get();
        return new BoardWork(in.u32(), in.u32(), in.u16(), in.u16(), in.u16());
    }
}
