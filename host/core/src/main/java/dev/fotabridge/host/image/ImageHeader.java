package dev.fotabridge.host.image;

import dev.fotabridge.protocol.board.ImageVersion;

/**
 * MCUboot's image header, 32 bytes at the start of the file.
 *
 * @param loadAddress 0 unless a flag gives it a meaning; unsigned 32 bits
 * @param headerSize where the body starts, bytes, 32 to 65 535
 * @param protectedTlvSize of the protected TLV area with its own 4 bytes of header, 0 if there is none
 * @param imageSize of the body alone, bytes
 * @param flags see MCUboot's image.h
 * @param version of the image
 */
public record ImageHeader(
        long loadAddress, int headerSize, int protectedTlvSize, int imageSize, long flags, ImageVersion version) {
    /** Where the first TLV area begins: header and body, bytes. */
    public long tlvOffset() {
        return (long) headerSize + imageSize;
    }
}
