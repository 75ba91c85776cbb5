package dev.fotabridge.protocol.modem;

/** Is told what becomes of a {@link ModemTask}, in the order in which it happens. */
public interface ModemListener {
    /** The modem erases its area: seconds, or minutes with a network. */
    void erasing();

    /** The modem's area is blank. */
    void erased();

    /** The modem has stored more of the delta. @param bytes counted from the file's beginning */
    void progress(long bytes, long total);

    /** Every byte of the delta was given to the modem. */
    void written();

    /** The modem applies the delta when it starts next. */
    void scheduled();

    /**
     * The modem, or its library on the board, refused.
     *
     * @param operation OPEN, ERASE, WRITE or SCHEDULE
     * @param code a {@link ModemCode}
     */
    void refused(String operation, int code);
}
