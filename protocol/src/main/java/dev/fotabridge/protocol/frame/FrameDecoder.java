package dev.fotabridge.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a byte stream at every 0x00 and sorts the chunks into frames, console text and damage; SPEC.md section 2.
 *
 * <p>Never throws on noise and holds at most one chunk. In a stream from the stub, a chunk whose first two bytes are
 * printable cannot be a frame, so its text is handed out at each LF, when it grows long, and on {@link #flushText()}.
 */
public final class FrameDecoder {
    /** Text is handed out at the latest when this much has gathered. */
    static final int TEXT_BYTES = 512;

    private final boolean fromStub;
    private final FrameSink sink;
    private final byte[] chunk = new byte[Cobs.maxEncoded(Frame.MAX_BODY_BYTES)];
    private final byte[] body = new byte[chunk.length];

    private int length;
    private boolean printable = true;
    /** Some of this chunk has been handed out as text already. */
    private boolean textBegun;
    /** The rest of this chunk is dropped; the damage is counted already. */
    private boolean dropping;

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
            } else if (!dropping) {
                add(b);
            }
        }
    }

    /** The line has been silent for a while: what is text for certain is handed out. */
    public void flushText() {
        if (isText() && length > 0) {
            handOutText();
        }
    }

    /** Whether {@link #flushText()} would hand out something. */
    public boolean holdsText() {
        return isText() && length > 0;
    }

    private boolean isText() {
        return fromStub && !dropping && printable && (textBegun || length >= 2);
    }

    private void add(byte b) {
        if (length == chunk.length) {
            drop(FrameFault.TOO_LONG);
            return;
        }
        printable &= isPrintable(b);
        if (textBegun && !printable) {
            drop(FrameFault.TEXT);
            return;
        }
        chunk[length++] = b;
        boolean lineEnds = b == '\n' || (length == 2 && chunk[0] == '\n');
        if (isText() && (lineEnds || length >= TEXT_BYTES)) {
            handOutText();
        }
    }

    private static boolean isPrintable(byte b) {
        return (b >= 0x20 && b <= 0x7E) || b == '\t' || b == '\r' || b == '\n' || b == 0x1B;
    }

    private void drop(FrameFault fault) {
        sink.damaged(fault);
        dropping = true;
    }

    private void handOutText() {
        byte[] text = Arrays.copyOf(chunk, length);
        length = 0;
        textBegun = true;
        sink.text(text);
    }

    private void endChunk() {
        int count = length;
        boolean complete = !dropping && !textBegun && count > 0;
        if (isText() && count > 0) {
            handOutText();
        } else if (complete) {
            decode(count);
        }
        length = 0;
        printable = true;
        textBegun = false;
        dropping = false;
    }

    private void decode(int count) {
        if (fromStub && printable) {
            handOutText();
            return;
        }
        int size = Cobs.decode(chunk, count, body);
        FrameFault fault = fault(size);
        if (fault != null) {
            sink.damaged(fault);
        } else {
            sink.frame(frame(size));
        }
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
