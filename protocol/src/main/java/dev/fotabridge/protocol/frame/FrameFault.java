package dev.fotabridge.protocol.frame;

/** Why a chunk is a damaged frame. */
public enum FrameFault {
    /** Shorter than any frame. */
    TOO_SHORT,
    /** Longer than any frame; dropped up to the next boundary. */
    TOO_LONG,
    /** A COBS code points beyond the end of the chunk. */
    COBS,
    /** CRC-32C differs. */
    CHECK,
    /** It is a frame once the CR in front of each LF is taken out: something on the way turns LF into CR LF. */
    LINE_ENDS,
    /** Among console text, or before it, stands something that is neither text nor a frame. */
    TEXT
}
