package dev.fotabridge.protocol.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameDecoder;
import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.frame.FrameFault;
import dev.fotabridge.protocol.frame.FrameSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code frames.vec}, in every chunking and with damage around. */
class FrameVectorTest {
    /** Its check is wrong, and it is no text. */
    private static final byte[] DAMAGE = HexFormat.of().parseHex("00040601230105b2387fe300");

    static Stream<Vector> vectors() {
        return Vector.read("frames.vec");
    }

    /** What came out, in words. */
    private static final class Seen implements FrameSink {
        private final List<String> all = new ArrayList<>();

        @Override
        public void frame(Frame frame) {
            String payload = HexFormat.of().formatHex(frame.payload());
            String shown = payload.isEmpty() ? "-" : payload;
            all.add(String.format("%02x %04x %04x %s", frame.type(), frame.session(), frame.number(), shown));
        }

        @Override
        public void text(byte[] bytes) {
            if (all.isEmpty() || !all.get(all.size() - 1).equals("TEXT")) {
                all.add("TEXT");
            }
        }

        @Override
        public void damaged(FrameFault fault) {
            all.add(fault.name());
        }
    }

    private static List<String> feed(Vector vector, byte[]... chunks) {
        Seen seen = new Seen();
        FrameDecoder decoder = new FrameDecoder(vector.name().startsWith("stub-"), seen);
        for (byte[] chunk : chunks) {
            decoder.receive(ByteBuffer.wrap(chunk));
        }
        return seen.all;
    }

    private static List<String> expected(Vector vector) {
        return List.of(vector.isAccepted() ? vector.form() : vector.reason());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void wholeAndByteByByte(Vector vector) {
        byte[] wire = Vector.hex(vector.bytes());
        assertEquals(expected(vector), feed(vector, wire));
        byte[][] single = new byte[wire.length][];
        Arrays.setAll(single, i -> new byte[] {wire[i]});
        assertEquals(expected(vector), feed(vector, single));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void splitAtEveryIndex(Vector vector) {
        byte[] wire = Vector.hex(vector.bytes());
        for (int at = 1; at < wire.length; at++) {
            byte[] head = Arrays.copyOf(wire, at);
            byte[] tail = Arrays.copyOfRange(wire, at, wire.length);
            assertEquals(expected(vector), feed(vector, head, tail), "split at " + at);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void betweenDamage(Vector vector) {
        List<String> seen = feed(vector, DAMAGE, Vector.hex(vector.bytes()), DAMAGE);
        List<String> around = new ArrayList<>(List.of("CHECK"));
        around.addAll(expected(vector));
        around.add("CHECK");
        assertEquals(around, seen);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void afterNoiseWithABoundary(Vector vector) {
        byte[] noise = new byte[300];
        new Random(vector.name().hashCode()).nextBytes(noise);
        List<String> seen = feed(vector, noise, new byte[1], Vector.hex(vector.bytes()));
        assertEquals(expected(vector).get(0), seen.get(seen.size() - 1));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void encodesBack(Vector vector) {
        if (!vector.isAccepted() || vector.name().endsWith("-loosely")) {
            return;
        }
        String[] form = vector.form().split(" ");
        int type = Integer.parseInt(form[0], 16);
        int session = Integer.parseInt(form[1], 16);
        Frame frame = new Frame(type, session, Integer.parseInt(form[2], 16), Vector.hex(form[3]));
        assertArrayEquals(Vector.hex(vector.bytes()), FrameEncoder.encode(frame));
    }
}
