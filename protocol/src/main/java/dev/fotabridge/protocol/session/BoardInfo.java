package dev.fotabridge.protocol.session;

import java.util.List;

/**
 * What a board says of itself in WELCOME; SPEC.md section 3.2.
 *
 * @param bootId 8 bytes as 16 hex digits, new at every start of the board
 * @param unit opaque unit id, empty if the board has none to tell
 * @param imageHash hash TLV of the running image, 64 hex digits
 * @param appVersion version of the running image, or null if the board did not say
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
        boolean memoryMapped) {}
