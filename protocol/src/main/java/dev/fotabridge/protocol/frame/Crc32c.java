package dev.fotabridge.protocol.frame;

import java.util.zip.CRC32C;

/** The check of a frame: CRC-32C (Castagnoli); SPEC.md section 2. */
final class Crc32c {
    private Crc32c() {}

    static int of(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
