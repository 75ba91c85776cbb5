package dev.fotabridge.protocol.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfSipHashTest {
    /** The authors' vectors (vectors.h, vectors_hsip64): key 0 to 7, and so many of the bytes 0, 1, 2 ... */
    @ParameterizedTest
    @CsvSource({
        "0,218d1f59b9b83cc8",
        "4,d5e78a175be52ea1",
        "8,edfee820bce4858c",
        "32,28709d46d811626c",
        "60,d6762890bf26e460"
    })
    void givesPublishedValues(int count, String hash) {
        int cut = count / 8 * 4;
        HalfSipHash sip = new HalfSipHash(ascending(8));
        sip.add(ByteBuffer.wrap(ascending(count), 0, cut));
        sip.add(ByteBuffer.wrap(ascending(count), cut, count - cut));
        assertEquals(hash, HexFormat.of().formatHex(sip.end()));
    }

    private static byte[] ascending(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
