package dev.fotabridge.protocol.board;

import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.message.Data;
import dev.fotabridge.protocol.message.Item;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.PayloadReader;
import dev.fotabridge.protocol.message.Welcome;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads a WELCOME and checks it; SPEC.md section 3.2. Tested by HostileBoardTest. */
public final class WelcomeReader {
    /** The version of DK Link that this host speaks. */
    public static final int VERSION = 1;

    /** Wire bytes that any request of this version needs, and a DATA with the smallest fragment. */
    static final int MIN_LINE_CAPACITY = FrameEncoder.maxWireBytes(Data.OVERHEAD_BYTES + 256);

    static final int MIN_STREAM_CAPACITY = 256;

    private static final HexFormat HEX = HexFormat.of();
    private static final int MAX_PAGES = 65_535;
    private static final int MAX_READABLE = 8;
    private static final int MAX_RATES = 4;
    private static final long FEATURE_RATES = 4;
    private static final int FEATURE_MODEM = 8;

    private final Welcome welcome;

    private WelcomeReader(Welcome welcome) {
        this.welcome = welcome;
    }

    /** @throws MalformedMessageException if an item is missing or out of its range */
    public static BoardInfo read(Welcome welcome) throws MalformedMessageException {
        return new WelcomeReader(welcome).board();
    }

    /** Returns the versions that the stub speaks, in words; also for a WELCOME that cannot be read otherwise. */
    public static String versions(Welcome welcome) {
        return Item.first(welcome.items(), Item.VERSIONS)
                .filter(item -> item.value().length >= 2)
                .map(item -> (item.value()[0] & 0xFF) + " to " + (item.value()[1] & 0xFF))
                .orElse("unknown versions");
    }

    private BoardInfo board() throws MalformedMessageException {
        check(welcome.version() == VERSION, "WELCOME chose version " + welcome.version());
        required(Item.VERSIONS, "VERSIONS").bytes(2);
        return new BoardInfo(identity(), link(), running(), slot(), flash(), modem());
    }

    private BoardInfo.Identity identity() throws MalformedMessageException {
        return new BoardInfo.Identity(
                HEX.formatHex(welcome.bootId()),
                required(Item.BOARD, "BOARD").string(1, 32),
                text(Item.UNIT, "UNIT", 0),
                text(Item.SOFTWARE, "SOFTWARE", 1));
    }

    private BoardInfo.Link link() throws MalformedMessageException {
        PayloadReader link = required(Item.LINK, "LINK");
        int fragmentMax = link.u16();
        check(fragmentMax >= 256 && fragmentMax <= 4_096, "fragmentMax is " + fragmentMax);
        return new BoardInfo.Link(
                welcome.version(),
                fragmentMax,
                capacity(link.u32(), MIN_LINE_CAPACITY, "lineCapacity"),
                capacity(link.u32(), MIN_STREAM_CAPACITY, "streamCapacity"),
                link.u16(),
                rates(),
                BoardInfo.Features.of(number(Item.FEATURES, "FEATURES")));
    }

    private BoardInfo.Running running() throws MalformedMessageException {
        PayloadReader running = required(Item.RUNNING, "RUNNING");
        return new BoardInfo.Running(
                HEX.formatHex(running.bytes(32)),
                version(),
                choice(RunningState.values(), running.u8(), 0, "RUNNING state"),
                flag(required(Item.CONFIRMS, "CONFIRMS"), "CONFIRMS"),
                number(Item.RUNNING_AT, "RUNNING_AT"));
    }

    private BoardInfo.Flash flash() throws MalformedMessageException {
        return new BoardInfo.Flash(readable(), memoryMapped(), work());
    }

    /** Returns an item's 32-bit number; 0 if the item is missing. */
    private long number(int type, String name) throws MalformedMessageException {
        Optional<Item> item = Item.first(welcome.items(), type);
        return item.isEmpty() ? 0 : new PayloadReader(name, item.get().value()).u32();
    }

    private BoardWork work() throws MalformedMessageException {
        Optional<Item> item = Item.first(welcome.items(), Item.WORK);
        if (item.isEmpty()) {
            return BoardWork.UNKNOWN;
        }
        PayloadReader in = new PayloadReader("WORK", item.get().value());
        return new BoardWork(in.u32(), in.u32(), in.u16(), in.u16(), in.u16());
    }

    private List<Integer> rates() throws MalformedMessageException {
        boolean offered = (number(Item.FEATURES, "FEATURES") & FEATURE_RATES) != 0;
        Optional<Item> item = Item.first(welcome.items(), Item.RATES);
        if (item.isEmpty() || !offered) {
            return List.of();
        }
        PayloadReader in = new PayloadReader("RATES", item.get().value());
        List<Integer> rates = new ArrayList<>();
        do {
            long rate = in.u32();
            check(rate >= 1 && rate <= Integer.MAX_VALUE, "RATES has " + rate);
            rates.add((int) rate);
        } while (in.remaining() > 0 && rates.size() < MAX_RATES);
        return List.copyOf(rates);
    }

    private Optional<ModemInfo> modem() throws MalformedMessageException {
        if ((number(Item.FEATURES, "FEATURES") & FEATURE_MODEM) == 0) {
            return Optional.empty();
        }
        PayloadReader in = required(Item.MODEM, "MODEM");
        int error = (int) in.u32();
        long result = in.u32();
        long area = in.u32();
        long offset = in.u32();
        byte[] uuid = in.bytes(ModemInfo.UUID_LENGTH);
        String name = error != 0 ? "" : new PayloadReader("MODEM uuid", uuid).string(0, ModemInfo.UUID_LENGTH);
        return Optional.of(
                new ModemInfo(error, result, area, offset, name, text(Item.MODEM_VERSION, "MODEM_VERSION", 0)));
    }

    private SlotInfo slot() throws MalformedMessageException {
        PayloadReader in = required(Item.SLOT, "SLOT");
        long base = in.u32();
        long size = in.u32();
        long pageSize = in.u32();
        long imageOffset = in.u32();
        long sizeLimit = in.u32();
        int writeUnit = in.u8();
        check(isPowerOfTwo(pageSize, 256, 65_536), "pageSize is " + pageSize);
        check(isPowerOfTwo(writeUnit, 1, 32), "writeUnit is " + writeUnit);
        boolean whole = size % pageSize == 0 && size / pageSize <= MAX_PAGES && size <= Integer.MAX_VALUE;
        check(whole && size >= 2 * pageSize, "the slot's size is " + size);
        check(imageOffset == 0 || imageOffset == pageSize, "imageOffset is " + imageOffset);
        check(sizeLimit >= 1 && sizeLimit <= size - imageOffset - pageSize, "sizeLimit is " + sizeLimit);
        SwapMode swapMode = choice(SwapMode.values(), in.u8(), 1, "swapMode");
        SlotState state = choice(SlotState.values(), in.u8(), 0, "slotState");
        return new SlotInfo(
                base, (int) size, (int) pageSize, (int) imageOffset, (int) sizeLimit, writeUnit, swapMode, state);
    }

    private Optional<ImageVersion> version() throws MalformedMessageException {
        Optional<Item> item = Item.first(welcome.items(), Item.APP_VERSION);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        PayloadReader in = new PayloadReader("APP_VERSION", item.get().value());
        return Optional.of(new ImageVersion(in.u8(), in.u8(), in.u16(), in.u32()));
    }

    private List<FlashRange> readable() throws MalformedMessageException {
        Optional<Item> item = Item.first(welcome.items(), Item.READABLE);
        if (item.isEmpty()) {
            return List.of();
        }
        PayloadReader in = new PayloadReader("READABLE", item.get().value());
        List<FlashRange> ranges = new ArrayList<>();
        while (in.remaining() > 0 && ranges.size() < MAX_READABLE) {
            ranges.add(new FlashRange(in.u32(), in.u32()));
        }
        return List.copyOf(ranges);
    }

    private boolean memoryMapped() throws MalformedMessageException {
        Optional<Item> item = Item.first(welcome.items(), Item.MEMORY_MAPPED);
        return item.isPresent()
                && flag(new PayloadReader("MEMORY_MAPPED", item.get().value()), "MEMORY_MAPPED");
    }

    private String text(int type, String name, int min) throws MalformedMessageException {
        Optional<Item> item = Item.first(welcome.items(), type);
        return item.isEmpty() ? "" : new PayloadReader(name, item.get().value()).string(min, 32);
    }

    private PayloadReader required(int type, String name) throws MalformedMessageException {
        Optional<Item> item = Item.first(welcome.items(), type);
        check(item.isPresent(), "WELCOME has no " + name);
        return new PayloadReader(name, item.orElseThrow().value());
    }

    private static int capacity(long value, int min, String name) throws MalformedMessageException {
        check(value >= min, name + " is " + value + ", less than " + min);
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private static boolean flag(PayloadReader in, String name) throws MalformedMessageException {
        int value = in.u8();
        check(value <= 1, name + " is " + value);
        return value == 1;
    }

    private static <T> T choice(T[] values, int code, int first, String name) throws MalformedMessageException {
        check(code >= first && code - first < values.length, name + " is " + code);
        return values[code - first];
    }

    private static boolean isPowerOfTwo(long value, int min, int max) {
        return value >= min && value <= max && Long.bitCount(value) == 1;
    }

    private static void check(boolean holds, String sentence) throws MalformedMessageException {
        if (!holds) {
            throw new MalformedMessageException(sentence);
        }
    }
}
