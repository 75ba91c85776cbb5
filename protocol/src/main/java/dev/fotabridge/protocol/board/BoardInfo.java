package dev.fotabridge.protocol.board;

import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.message.Data;
import dev.fotabridge.protocol.message.Item;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.PayloadReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a board says of itself in WELCOME; SPEC.md section 3.2. Each record here holds the numbers of the items that it is read from.
 * Tested by HostileBoardTest.
 *
 * @param modem empty if the board has no modem
 */
public record BoardInfo(
        Identity identity, Link link, Running running, SlotInfo slot, Flash flash, Optional<ModemInfo> modem) {
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Which board and which stub this is.
     *
     * @param bootId 8 bytes as 16 hex digits, new at every start of the board
     * @param board the board's type, as its build names it
     * @param unit opaque id of this one unit; empty if the board has none
     */
    public record Identity(String bootId, String board, String unit, String stubVersion) {
        private static final int BOARD = 0x03;
        private static final int UNIT = 0x04;

        static Identity of(WelcomeItems items) throws MalformedMessageException {
            return new Identity(
                    HEX.formatHex(items.welcome().bootId()),
                    items.required(BOARD, "BOARD").string(1, 32),
                    items.text(UNIT, "UNIT", 0),
                    items.text(Item.SOFTWARE, "SOFTWARE", 1));
        }
    }

    /**
     * What the stub takes on the line.
     *
     * @param fragmentMax bytes of the stream in one DATA
     * @param lineCapacity wire bytes that the stub's receive buffers hold
     * @param streamCapacity bytes of the stream that the stub holds beyond those that are worked off
     * @param stallMaxMs how long the stub may not answer while it works on flash
     * @param rates bits a second, the starting rate first; empty if the stub has only one rate
     */
    public record Link(
            int protocolVersion,
            int fragmentMax,
            int lineCapacity,
            int streamCapacity,
            int stallMaxMs,
            List<Integer> rates,
            Features features) {
        private static final int LINK = 0x09;
        private static final int RATES = 0x0D;
        private static final int MAX_RATES = 4;

        /** Wire bytes that any request of this version needs, and a DATA with the smallest fragment. */
        private static final int MIN_LINE_CAPACITY = FrameEncoder.maxWireBytes(Data.OVERHEAD_BYTES + 256);

        private static final int MIN_STREAM_CAPACITY = 256;

        static Link of(WelcomeItems items) throws MalformedMessageException {
            PayloadReader link = items.required(LINK, "LINK");
            int fragmentMax = link.u16();
            WelcomeItems.check(fragmentMax >= 256 && fragmentMax <= 4_096, "fragmentMax is " + fragmentMax);
            return new Link(
                    items.welcome().version(),
                    fragmentMax,
                    capacity(link.u32(), MIN_LINE_CAPACITY, "lineCapacity"),
                    capacity(link.u32(), MIN_STREAM_CAPACITY, "streamCapacity"),
                    link.u16(),
                    rates(items),
                    Features.of(items.features()));
        }

        private static int capacity(long value, int min, String name) throws MalformedMessageException {
            WelcomeItems.check(value >= min, name + " is " + value + ", less than " + min);
            return (int) Math.min(value, Integer.MAX_VALUE);
        }

        private static List<Integer> rates(WelcomeItems items) throws MalformedMessageException {
            Optional<PayloadReader> in = items.find(RATES, "RATES");
            if (in.isEmpty() || (items.features() & Features.RATES) == 0) {
                return List.of();
            }
            List<Integer> rates = new ArrayList<>();
            do {
                long rate = in.get().u32();
                WelcomeItems.check(rate >= 1 && rate <= Integer.MAX_VALUE, "RATES has " + rate);
                rates.add((int) rate);
            } while (in.get().remaining() > 0 && rates.size() < MAX_RATES);
            return List.copyOf(rates);
        }
    }

    /** Forms of a record that not every stub takes; SPEC.md section 6.2. */
    public record Features(boolean deflate, boolean dictionary) {
        static final int RATES = 4;
        static final int MODEM = 8;

        static Features of(long bits) {
            return new Features((bits & 1) != 0, (bits & 2) != 0);
        }
    }

    /**
     * The image that runs.
     *
     * @param imageHash its hash TLV, 64 hex digits
     * @param version empty if the board does not say
     * @param applicationConfirms true if the application confirms a new image itself, so that the host must not
     * @param address absolute address of the image's header, or {@link #UNKNOWN_ADDRESS}
     */
    public record Running(
            String imageHash,
            Optional<ImageVersion> version,
            RunningState state,
            boolean applicationConfirms,
            long address) {
        /** The board does not know where its image lies. */
        public static final long UNKNOWN_ADDRESS = 0;

        private static final int APP_VERSION = 0x06;
        private static final int RUNNING = 0x07;
        private static final int CONFIRMS = 0x0B;
        private static final int RUNNING_AT = 0x0E;

        static Running of(WelcomeItems items) throws MalformedMessageException {
            PayloadReader running = items.required(RUNNING, "RUNNING");
            return new Running(
                    HEX.formatHex(running.bytes(32)),
                    version(items),
                    WelcomeItems.choice(RunningState.values(), running.u8(), 0, "RUNNING state"),
                    WelcomeItems.flag(items.required(CONFIRMS, "CONFIRMS"), "CONFIRMS"),
                    items.number(RUNNING_AT, "RUNNING_AT"));
        }

        private static Optional<ImageVersion> version(WelcomeItems items) throws MalformedMessageException {
            Optional<PayloadReader> in = items.find(APP_VERSION, "APP_VERSION");
            return in.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ImageVersion(
                            in.get().u8(),
                            in.get().u8(),
                            in.get().u16(),
                            in.get().u32()));
        }
    }

    /**
     * What the stub can do with the board's flash.
     *
     * @param readable stretches that a record's dictionary may name
     * @param memoryMapped true if flash can be read as memory
     */
    public record Flash(List<FlashRange> readable, boolean memoryMapped, BoardWork work) {
        private static final int READABLE = 0x0A;
        private static final int MEMORY_MAPPED = 0x0C;
        private static final int MAX_READABLE = 8;

        static Flash of(WelcomeItems items) throws MalformedMessageException {
            return new Flash(readable(items), items.flag(MEMORY_MAPPED, "MEMORY_MAPPED"), BoardWork.of(items));
        }

        private static List<FlashRange> readable(WelcomeItems items) throws MalformedMessageException {
            Optional<PayloadReader> in = items.find(READABLE, "READABLE");
            List<FlashRange> ranges = new ArrayList<>();
            while (in.isPresent() && in.get().remaining() > 0 && ranges.size() < MAX_READABLE) {
                ranges.add(new FlashRange(in.get().u32(), in.get().u32()));
            }
            return List.copyOf(ranges);
        }
    }
}
