package dev.fotabridge.protocol.board;

import java.util.List;
import java.util.Optional;

/**
 * What a board says of itself in WELCOME; SPEC.md section 3.2.
 *
 * @param bootId 8 bytes as 16 hex digits, new at every start of the board
 * @param unit opaque unit id, empty if the board has none to tell
 * @param imageHash hash TLV of the running image, 64 hex digits
 * @param appVersion version of the running image, or null if the board did not say
 * @param runningAt absolute address of the running image's header, or {@link #UNKNOWN_ADDRESS}
 * @param work how long the board is busy with a page
 * @param rates of the line, bits a second, the one that it starts with first; empty if there is no other
 * @param modem what the board says of its modem; empty if it has none
 * @param applicationConfirms true if the application confirms a new image by itself, so that the host must not
 */
public record BoardInfo(
        int protocolVersion,
        String bootId,
        String board,
        String unit,
        String stubVersion,
        ImageVersion appVersion,
        String imageHash,
        RunningState running,
        boolean applicationConfirms,
        SlotInfo slot,
        int fragmentMax,
        int lineCapacity,
        int streamCapacity,
        int stallMaxMs,
        List<FlashRange> readable,
        boolean memoryMapped,
        Features features,
        long runningAt,
        BoardWork work,
        List<Integer> rates,
        Optional<ModemInfo> modem) {
    /** Address that says that the board does not know where its image lies. */
    public static final long UNKNOWN_ADDRESS = 0;

    /** What the stub can do beyond what all can. */
    public record Features(boolean deflate, boolean dictionary) {
        static Features of(long bits) {
            return new Features((bits & 1) != 0, (bits & 2) != 0);
        }
    }
}
