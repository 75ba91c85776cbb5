package dev.fotabridge.protocol.board;

/** How the board's MCUboot was built to swap; SPEC.md section 3.2, item SLOT. */
public enum SwapMode {
    MOVE,
    OFFSET,
    SCRATCH,
    OVERWRITE
}
