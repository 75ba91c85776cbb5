package dev.fotabridge.protocol.modem;

/** One task for the board's modem; SPEC.md section 11. */
public sealed interface ModemTask {
    /**
     * Writes a delta into the modem's area, beginning at the modem's offset: the caller knows that the area holds the beginning of this
     * very delta. A dirty area is erased first.
     *
     * @param delta the whole file; not copied, must not change
     */
    record Send(byte[] delta) implements ModemTask {}

    /**
     * Lets the modem apply the delta of this session's last {@link Send} at its next start.
     *
     * @param bytes the delta's size
     */
    record Schedule(long bytes) implements ModemTask {}

    /** Erases the area, so that nothing that was scheduled can be applied. */
    record Erase() implements ModemTask {}
}
