package dev.fotabridge.protocol.modem;

/** What is to be done with the modem in one go; SPEC.md section 11. */
public sealed interface ModemTask {
    /**
     * Brings a delta into the modem's area, from where the modem has it: what it has of a delta is the beginning of this
     * one. An area that is dirty is erased first.
     *
     * @param delta the whole file; not copied, must not change
     */
    record Send(byte[] delta) implements ModemTask {}

    /**
     * Lets the modem apply the delta that the last {@link Send} of this session brought, when it starts next.
     *
     * @param bytes the delta's size
     */
    record Schedule(long bytes) implements ModemTask {}

    /** Erases the area, so that nothing that was scheduled can be applied. */
    record Erase() implements ModemTask {}
}
