package dev.fotabridge.protocol.board;

import java.util.List;
import java.util.Optional;

/**
 * What a board says of itself in WELCOME; SPEC.md section 3.2.
 *
 * @param modem empty if the board has no modem
 */
public record BoardInfo(
        Identity identity, Link link, Running running, SlotInfo slot, Flash flash, Optional<ModemInfo> modem) {
    /**
     * Which board and which stub this is.
     *
     * @param bootId 8 bytes as 16 hex digits, new at every start of the board
     * @param board the board's type, as its build names it
     * @param unit opaque id of this one unit; empty if the board has none
     */
    public record Identity(String bootId, String board, String unit, String stubVersion) {}

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
            Features features) {}

    /** Forms of a record that not every stub takes; SPEC.md section 6.2. */
    public record Features(boolean deflate, boolean dictionary) {
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
    }

    /**
     * What the stub can do with the board's flash.
     *
     * @param readable stretches that a record's dictionary may name
     * @param memoryMapped true if flash can be read as memory
     */
    public record Flash(List<FlashRange> readable, boolean memoryMapped, BoardWork work) {}
}
