package dev.fotabridge.protocol.board;

/** What MCUboot would do with slot 1 at the next reset; SPEC.md section 3.2, item SLOT. */
public enum SlotState {
    BLANK,
    PENDING_TEST,
    PENDING_PERMANENT,
    DIRTY
}
