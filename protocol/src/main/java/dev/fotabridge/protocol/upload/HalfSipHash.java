package dev.fotabridge.protocol.upload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * HalfSipHash-2-4 with 64 bits out (Aumasson and Bernstein's SipHash on 32-bit words; github.com/veorq/SipHash): a keyed hash that costs
 * a microcontroller a sixth of SHA-256. It takes whole words only; a page has nothing else.
 */
final class HalfSipHash {
    private int v0;
    private int v1;
    private int v2;
    private int v3;
    private int count;

    /** @param key 8 bytes */
    HalfSipHash(byte[] key) {
        ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        v0 = words.getInt();
        v1 = words.getInt();
        v2 = 0x6C796765 ^ v0;
        v3 = 0x74656462 ^ v1;
        v1 ^= 0xEE;
    }

    /** Adds bytes; their count is a multiple of 4. */
    void add(ByteBuffer bytes) {
        count += bytes.remaining();
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            addWord(bytes.getInt());
        }
    }

    private void addWord(int word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    /** Returns the hash, 8 bytes. Called once, as the last method. */
    byte[] end() {
        addWord(count << 24);
        v2 ^= 0xEE;
        ByteBuffer hash = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        hash.putInt(finish());
        v1 ^= 0xDD;
        return hash.putInt(finish()).array();
    }

    private int finish() {
        for (int i = 0; i < 4; i++) {
            round();
        }
        return v1 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Integer.rotateLeft(v1, 5) ^ v0;
        v0 = Integer.rotateLeft(v0, 16);
        v2 += v3;
        v3 = Integer.rotateLeft(v3, 8) ^ v2;
        v0 += v3;
        v3 = Integer.rotateLeft(v3, 7) ^ v0;
        v2 += v1;
        v1 = Integer.rotateLeft(v1, 13) ^ v2;
        v2 = Integer.rotateLeft(v2, 16);
    }
}
