package dev.fotabridge.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a byte stream at every 0x00 and sorts the chunks into frames, console text and damage; SPEC.md section 2.
 *
 * <p>Never throws on noise and holds at most one chunk. In a stream from the stub, a chunk whose first two bytes are printable
 * cannot be a frame: it is console text, handed out line by line. A board that sends no frames never sends 0x00, so the
 * decoder also looks for text when the line is silent ({@link #silence()}) and in a chunk that is too long for a frame.
 *
 * <p>Not safe for use by several threads.
 */
public final class FrameDecoder {
    /** Text is handed out at the latest when this many bytes have gathered. */
    static final int TEXT_BYTES = 512;

    /** An open chunk is taken for text from this length on. */
    private static final int LEAST_TEXT_BYTES = 4;

    /** What the chunk that now arrives is. */
    private enum Chunk {
        /** A frame, or what is not known yet. */
        OPEN,
        /** Console text, judged line by line. */
        TEXT,
        /** Too long for a frame; the damage is counted already. */
        DROPPED
    }

    private final boolean fromStub;
    private final FrameSink sink;
    private final byte[] chunk = new byte[Cobs.maxEncoded(Frame.MAX_BODY_BYTES)];
    private final byte[] body = new byte[chunk.length];

    private Chunk kind = Chunk.OPEN;
    private int length;
    /** So many bytes of an open chunk were no text at the last silence. */
    private int noiseLength;

    /** @param fromStub the stream may carry console text, and frames have types of 0x80 and more */
    public FrameDecoder(boolean fromStub, FrameSink sink) {
        this.fromStub = fromStub;
        this.sink = sink;
    }

    /** Takes any number of bytes, in any chunking. */
    public void receive(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == 0) {
                endChunk();
            } else if (kind != Chunk.DROPPED) {
                add(b);
            }
        }
    }

    /**
     * The line has been silent for 100 ms, longer than a stub pauses within a frame: hands out what is text. What may still be
     * a frame stays, so that a slow operating system costs no frame.
     */
    public void silence() {
        if (!awaitsSilence()) {
            return;
        }
        if (kind == Chunk.TEXT || isText(0)) {
            handOutText();
        } else if (isText(noiseLength)) {
            sink.damaged(FrameFault.TEXT);
            length -= noiseLength;
            System.arraycopy(chunk, noiseLength, chunk, 0, length);
            handOutText();
        } else if (!ConsoleText.isLikely(chunk, noiseLength, length)) {
            noiseLength = length;
        }
    }

    /** Whether the open chunk is text from an index on. A few bytes may be the begin of a frame. */
    private boolean isText(int from) {
        return length - from >= LEAST_TEXT_BYTES && ConsoleText.isLikely(chunk, from, length);
    }

    /** Whether {@link #silence()} may find something. */
    public boolean awaitsSilence() {
        return fromStub && (kind == Chunk.TEXT ? length > 0 : length - noiseLength >= LEAST_TEXT_BYTES);
    }

    private void add(byte b) {
        if (length == chunk.length) {
            giveUpFrame();
        } else {
            put(b);
        }
    }

    /** The chunk is no frame. A stub's may be console text in which nobody sends 0x00. */
    private void giveUpFrame() {
        sink.damaged(FrameFault.TOO_LONG);
        kind = fromStub ? Chunk.TEXT : Chunk.DROPPED;
        length = 0;
    }

    private void put(byte b) {
        chunk[length++] = b;
        if (kind == Chunk.OPEN && fromStub && length == 2 && ConsoleText.isPrintable(chunk, 0, 2)) {
            kind = Chunk.TEXT;
        }
        boolean lineEnds = b == '\n' || (length == 2 && chunk[0] == '\n');
        if (kind == Chunk.TEXT && (lineEnds || length >= TEXT_BYTES)) {
            handOutText();
        }
    }

    private void handOutText() {
        kind = Chunk.TEXT;
        if (ConsoleText.isLine(chunk, 0, length)) {
            sink.text(Arrays.copyOf(chunk, length));
        } else {
            sink.damaged(FrameFault.TEXT);
        }
        length = 0;
        noiseLength = 0;
    }

    private void endChunk() {
        if (length > 0 && kind == Chunk.TEXT) {
            handOutText();
        } else if (length > 0 && kind == Chunk.OPEN) {
            decode();
        }
        kind = Chunk.OPEN;
        length = 0;
        noiseLength = 0;
    }

    private void decode() {
        int size = Cobs.decode(chunk, length, body);
        FrameFault fault = fault(size);
        if (fault == null) {
            sink.frame(frame(size));
        } else if (isFrameWithoutCarriageReturns()) {
            sink.damaged(FrameFault.LINE_ENDS);
        } else if (fromStub && ConsoleText.isLikely(chunk, 0, length)) {
            handOutText();
        } else {
            sink.damaged(fault);
        }
    }

    private boolean isFrameWithoutCarriageReturns() {
        byte[] without = new byte[length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            boolean added = chunk[i] == '\r' && i + 1 < length && chunk[i + 1] == '\n';
            if (!added) {
                without[count++] = chunk[i];
            }
        }
        return count < length && fault(Cobs.decode(without, count, body)) == null;
    }

    private FrameFault fault(int size) {
        if (size < 0) {
            return FrameFault.COBS;
        }
        if (size < Frame.MIN_BODY_BYTES) {
            return FrameFault.TOO_SHORT;
        }
        if (size > Frame.MAX_BODY_BYTES) {
            return FrameFault.TOO_LONG;
        }
        int checked = size - Frame.CHECK_BYTES;
        boolean right = Crc32c.of(body, 0, checked) == little(body).getInt(checked);
        return right ? null : FrameFault.CHECK;
    }

    private Frame frame(int size) {
        ByteBuffer in = little(body);
        byte[] payload = Arrays.copyOfRange(body, Frame.HEADER_BYTES, size - Frame.CHECK_BYTES);
        return new Frame(body[0] & 0xFF, in.getShort(1) & 0xFFFF, in.getShort(3) & 0xFFFF, payload);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
