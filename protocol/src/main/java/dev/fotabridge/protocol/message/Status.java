package dev.fotabridge.protocol.message;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the stub stands; SPEC.md sections 3 and 6.3.
 * Tested by MessageVectorTest.
 *
 * @param lastNumber of the newest good frame that the stub has seen in this session
 * @param state as the table in section 7 numbers them
 * @param busy type of the request that is being worked on, or 0
 * @param code of the failure, in state FAILED
 * @param page that failed
 * @param durable records programmed and read back
 * @param refused records whose digest was wrong
 * @param erased pages erased in this session
 * @param ranges what is present beyond {@code received}, ascending, at most 8
 */
public record Status(
        int lastNumber,
        int state,
        int busy,
        int code,
        int page,
        long received,
        long credit,
        int durable,
        int refused,
        int erased,
        List<Range> ranges)
        implements Message {
    /** Numbers of {@link #state()}. */
    public static final int READY = 0;

    public static final int RECEIVING = 1;
    public static final int VERIFIED = 2;
    public static final int MARKED = 3;
    public static final int FAILED = 4;
    public static final int ENDED = 5;
    public static final int RESETTING = 6;

    public static final int MAX_RANGES = 8;

    static Status read(PayloadReader in) throws MalformedMessageException {
        return new Status(
                in.u16(),
                in.u8(),
                in.u8(),
                in.u8(),
                in.u16(),
                in.u32(),
                in.u32(),
                in.u16(),
                in.u16(),
                in.u16(),
                ranges(in));
    }

    private static List<Range> ranges(PayloadReader in) throws MalformedMessageException {
        int count = in.u8();
        if (count > MAX_RANGES) {
            throw new MalformedMessageException("STATUS has " + count + " ranges");
        }
        List<Range> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ranges.add(new Range(in.u32(), in.u32()));
        }
        return List.copyOf(ranges);
    }

    @Override
    public MessageType type() {
        return MessageType.STATUS;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u16(lastNumber).u8(state).u8(busy).u8(code).u16(page).u32(received).u32(credit);
        out.u16(durable).u16(refused).u16(erased).u8(ranges.size());
        ranges.forEach(range -> out.u32(range.start()).u32(range.end()));
    }
}
