package dev.fotabridge.protocol.frame;

/** Takes what a {@link FrameDecoder} finds, in the order of the line. */
public interface FrameSink {
    /** A frame whose check is right. */
    void frame(Frame frame);

    /** Console text, at least one byte, lines in any pieces. Most bytes are printable, any may be something else. */
    void text(byte[] bytes);

    /** A chunk that is neither. */
    void damaged(FrameFault fault);
}
