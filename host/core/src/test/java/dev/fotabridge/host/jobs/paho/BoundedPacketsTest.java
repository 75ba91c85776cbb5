package dev.fotabridge.host.jobs.paho;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer cannot make Paho reserve more memory than AWS's messages need. */
final class BoundedPacketsTest {
    private static final byte[] CONNACK = {0x20, 2, 0, 0};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100, 70_000})
    void packetsUpToTheLimitPassInPiecesOfAnySize(int piece) throws Exception {
        byte[] stream = stream(0, 1, 127, 128, 16_383, 16_384, BoundedPackets.MAX_PACKET_BYTES, 5);
        InputStream in = new BoundedPackets(new ByteArrayInputStream(stream));
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[piece];
        for (int count = in.read(buffer, 0, piece); count >= 0; count = in.read(buffer, 0, piece)) {
            read.write(buffer, 0, count);
            int single = in.read();
            if (single >= 0) {
                read.write(single);
            }
        }
        assertArrayEquals(stream, read.toByteArray());
    }

    @Test
    void aLongerOneEndsAtItsHeader() throws Exception {
        byte[] stream = stream(10, BoundedPackets.MAX_PACKET_BYTES + 1);
        InputStream in = new BoundedPackets(new ByteArrayInputStream(stream));
        in.readNBytes(CONNACK.length + 12 + 3);
        assertThrows(IOException.class, in::read);
        InputStream whole = new BoundedPackets(new ByteArrayInputStream(stream));
        assertThrows(IOException.class, () -> whole.read(new byte[100], 0, 100));
    }

    /** HTTP, SSH, MQTT 5, a PUBLISH first, and noise. */
    @ParameterizedTest
    @ValueSource(strings = {"485454502f", "5353482d", "200300840020", "30050003612f62", "deadbeef", "20ffffff7f"})
    void whatBeginsOtherwiseIsNoBroker(String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        InputStream in = new BoundedPackets(new ByteArrayInputStream(bytes));
        assertThrows(IOException.class, in::readAllBytes);
    }

    /** What five bytes can say at most, and what no length says. */
    @ParameterizedTest
    @ValueSource(strings = {"30ffffff7f", "30ffffffff", "3080808001", "3080808080"})
    void theLongestLengthsEndBeforeAnythingIsReserved(String hex) {
        byte[] header = java.util.HexFormat.of().parseHex("20020000" + hex);
        InputStream in = new BoundedPackets(new ByteArrayInputStream(header));
        assertEquals(
                "an MQTT packet of more than " + BoundedPackets.MAX_PACKET_BYTES + " bytes",
                assertThrows(IOException.class, in::readAllBytes).getMessage());
    }

    /** Packets of these lengths, with bytes that would be headers themselves. */
    private static byte[] stream(int... lengths) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(CONNACK);
        Random random = new Random(1);
        for (int length : lengths) {
            out.write(0x30);
            int rest = length;
            do {
                out.write((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
                rest >>= 7;
            } while (rest > 0);
            byte[] body = new byte[length];
            random.nextBytes(body);
            out.writeBytes(body);
        }
        return out.toByteArray();
    }
}
