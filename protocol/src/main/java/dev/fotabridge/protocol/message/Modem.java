package dev.fotabridge.protocol.message;

/**
 * One step of a modem delta's way into the modem; SPEC.md section 11.
 *
 * @param operation {@link #OPEN}, {@link #ERASE}, {@link #WRITE} or {@link #SCHEDULE}
 * @param offset in the file where the bytes begin; of SCHEDULE the file's size; otherwise 0
 * @param bytes of WRITE at least 1, at most fragmentMax - 2; otherwise none
 */
public record Modem(int tag, int operation, long offset, byte[] bytes) implements Request {
    /** Closes what is open, and asks where the modem goes on. */
    public static final int OPEN = 0;

    /** Starts the erase of the modem's area. */
    public static final int ERASE = 1;

    /** The next bytes of the file. */
    public static final int WRITE = 2;

    /** The file is complete: the modem applies it at its next start. */
    public static final int SCHEDULE = 3;

    /** The payload's bytes before those of the file. */
    public static final int OVERHEAD_BYTES = 6;

    static Modem read(PayloadReader in) throws MalformedMessageException {
        Modem modem = new Modem(in.u8(), in.u8(), in.u32(), in.rest());
        boolean known = modem.operation <= SCHEDULE;
        if (!known || (modem.operation == WRITE) != (modem.bytes.length > 0)) {
            throw new MalformedMessageException(
                    "MODEM has operation " + modem.operation + " with " + modem.bytes.length + " bytes");
        }
        return modem;
    }

    @Override
    public MessageType type() {
        return MessageType.MODEM;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag).u8(operation).u32(offset).bytes(bytes);
    }
}
