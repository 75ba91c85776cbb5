package dev.fotabridge.protocol.window;

import dev.fotabridge.protocol.message.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Which bytes of the stream are sent, received and lost; SPEC.md sections 6.3 and 6.4.
 *
 * <pre>
 *   0 ........ received ........ next ........ credit
 *     there      | pieces: under way or lost |  not sent yet
 * </pre>
 * Tested by WindowTest.
 */
public final class SendWindow {
    /** What is sent and not received; {@code lost} ones wait to be sent again. */
    private record Piece(long start, long end, int number, boolean lost) {
        Piece part(long from, long to) {
            return new Piece(from, to, number, lost);
        }
    }

    /** Beyond this the window does not grow, whatever credit is given: it bounds the memory a board can make us use. */
    public static final int MAX_WINDOW_BYTES = 256 * 1_024;

    private final FragmentSizer sizer;
    private List<Piece> pieces = new ArrayList<>();
    private long received;
    private long next;
    private long credit;

    public SendWindow(FragmentSizer sizer) {
        this.sizer = sizer;
    }

    /**
     * The next piece to send, or null: the first lost one, else new bytes as far as the credit goes.
     *
     * @param streamEnd how long the stream is by now
     */
    public Span next(long streamEnd) {
        for (Piece piece : pieces) {
            if (piece.lost) {
                return new Span(piece.start, Math.min(piece.end, piece.start + sizer.size()), true);
            }
        }
        long limit = Math.min(streamEnd, Math.min(credit, received + MAX_WINDOW_BYTES));
        long end = Math.min(limit, next + sizer.size());
        return end > next ? new Span(next, end, false) : null;
    }

    /** A piece that {@link #next} gave has left in this frame. */
    public void sent(Span span, int frameNumber) {
        Piece fresh = new Piece(span.start(), span.end(), frameNumber, false);
        if (!span.again()) {
            pieces.add(fresh);
            next = span.end();
            return;
        }
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece.start == span.start()) {
                pieces.set(i, fresh);
                if (span.end() < piece.end) {
                    pieces.add(i + 1, piece.part(span.end(), piece.end));
                }
                return;
            }
        }
        throw new IllegalStateException("sent again, but not lost: " + span);
    }

    /** Takes what STATUS says; the caller has checked that it is possible. */
    public void acknowledge(long receivedNow, List<Range> ranges, int lastNumber, long creditNow) {
        received = receivedNow;
        credit = creditNow;
        List<Piece> rest = new ArrayList<>();
        for (Piece piece : pieces) {
            settle(piece, ranges, lastNumber, rest);
        }
        pieces = rest;
    }

    private void settle(Piece piece, List<Range> ranges, int lastNumber, List<Piece> rest) {
        int before = rest.size();
        boolean lost = piece.lost || FrameNumber.atOrBefore(piece.number, lastNumber);
        missing(new Piece(piece.start, piece.end, piece.number, lost), ranges, rest);
        if (rest.size() == before) {
            sizer.delivered();
        } else if (lost && !piece.lost) {
            sizer.lost();
        }
    }

    /** Adds those parts of a piece that neither received nor the ranges cover. */
    private void missing(Piece piece, List<Range> ranges, List<Piece> rest) {
        long from = Math.max(piece.start, received);
        for (Range range : ranges) {
            long gapEnd = Math.min(range.start(), piece.end);
            if (from < gapEnd) {
                rest.add(piece.part(from, gapEnd));
            }
            from = Math.max(from, range.end());
        }
        if (from < piece.end) {
            rest.add(piece.part(from, piece.end));
        }
    }

    /** Every byte below is received. */
    public long received() {
        return received;
    }

    /** No byte from here on was ever sent. */
    public long next() {
        return next;
    }

    /** The offset up to which the board lets us send. */
    public long credit() {
        return credit;
    }

    @Override
    public String toString() {
        return "received=" + received + " next=" + next + " credit=" + credit + " pieces=" + pieces.size();
    }
}
