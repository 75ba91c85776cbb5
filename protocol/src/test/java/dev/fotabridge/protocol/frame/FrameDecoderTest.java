package dev.fotabridge.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text and noise between frames; {@code FrameVectorTest} has the frames. Latin-1 here: a character is a byte. */
class FrameDecoderTest {
    private final StringBuilder text = new StringBuilder();
    private final List<FrameFault> faults = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final FrameDecoder decoder = new FrameDecoder(true, new FrameSink() {
        @Override
        public void frame(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void text(byte[] bytes) {
            text.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void damaged(FrameFault fault) {
            faults.add(fault);
        }
    });

    private void receive(String bytes) {
        decoder.receive(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static byte[] frame() {
        return FrameEncoder.encode(new Frame(0x81, 0x1234, 7, new byte[] {1, 2, 3}));
    }

    /** A degree sign, BEL, backspace, a form feed, Latin-1, a glitch. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "21 \u00c2\u00b0C\r\n",
                "ring\u0007\n",
                "ab\b\bcd\n",
                "\f page\n",
                "caf\u00e9\n",
                "rese\u00ff\u00ff\n"
            })
    void showsALineWithAByteThatIsNotPrintableAndAllLinesAfterIt(String line) {
        receive("before\n" + line + "behind\n");
        assertEquals("before\n" + line + "behind\n", text.toString());
        assertEquals(List.of(), faults);
    }

    /** The second byte of such a chunk may be that of a frame. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00c2\u00b0C\n",
                "\u00ff\u00ff*** Booting ***\n",
                "\u00d0\u00a2\u00d0\u00b5\n",
                "\u0007\u0007ring\n"
            })
    void aChunkThatBeginsWithSuchAByteIsShownAtTheNextSilence(String line) {
        receive(line);
        assertTrue(decoder.awaitsSilence());
        decoder.silence();
        receive("behind\n");
        assertEquals(line + "behind\n", text.toString());
        assertEquals(List.of(), faults);
    }

    @Test
    void noiseBeforeTheFirstLineIsDamageAndTheLineIsShown() {
        receive("\u0080\u0081\u0090\u0091\u00ff\u00fe");
        decoder.silence();
        assertEquals("", text.toString());
        assertFalse(decoder.awaitsSilence(), "nothing has come since");
        receive("*** Booting ***\n");
        decoder.silence();
        receive("second\n");
        assertEquals("*** Booting ***\nsecond\n", text.toString());
        assertEquals(List.of(FrameFault.TEXT), faults);
    }

    @Test
    void aConsoleThatIsNeverSilentIsShownOnceTheChunkIsTooLongForAFrame() {
        receive("\u0080\u0081\u0090\u0091");
        for (int i = 0; i < 400; i++) {
            receive("line " + i + " of many\n");
        }
        assertTrue(text.toString().endsWith("line 398 of many\nline 399 of many\n"));
        assertEquals(FrameFault.TOO_LONG, faults.get(0));
    }

    /** An operating system that is busy may hand over a frame in pieces, with any time between them. */
    @Test
    void aFrameWithSilencesInItIsAFrame() {
        byte[] wire = frame();
        for (byte b : wire) {
            decoder.receive(ByteBuffer.wrap(new byte[] {b}));
            decoder.silence();
        }
        assertEquals(1, frames.size());
        assertEquals(List.of(), faults);
        assertEquals("", text.toString());
    }

    @Test
    void aFrameBehindALineThatHasNoEndIsAFrame() {
        receive("temp 21 \u00c2\u00b0C");
        decoder.receive(ByteBuffer.wrap(frame()));
        receive("next\n");
        assertEquals("temp 21 \u00c2\u00b0Cnext\n", text.toString());
        assertEquals(1, frames.size());
    }

    /** As behind a terminal server, or a pseudo-terminal that is not raw. */
    @Test
    void namesALineThatAddsACarriageReturnToEachNewline() {
        Frame sent = new Frame(0x81, 0x0A0A, 7, "a\nb\r\nc\u00ff".getBytes(StandardCharsets.ISO_8859_1));
        String wire = new String(FrameEncoder.encode(sent), StandardCharsets.ISO_8859_1);
        receive(wire.replace("\n", "\r\n"));
        assertEquals(List.of(FrameFault.LINE_ENDS), faults);
        receive(wire);
        assertEquals(1, frames.size());
    }

    /** As at a rate that is not the board's: what is no text is not shown, and counted at each line. */
    @Test
    void noiseIsNotShown() {
        byte[] noise = new byte[20_000];
        new Random(5).nextBytes(noise);
        decoder.receive(ByteBuffer.wrap(noise));
        decoder.silence();
        assertTrue(text.length() < noise.length / 100, text.length() + " bytes shown");
        assertTrue(faults.size() > 20, faults.size() + " faults");
    }

    @Test
    void theHostsStreamHasNoText() {
        FrameDecoder stub = new FrameDecoder(false, new FrameSink() {
            @Override
            public void frame(Frame frame) {
                frames.add(frame);
            }

            @Override
            public void text(byte[] bytes) {
                text.append("text");
            }

            @Override
            public void damaged(FrameFault fault) {
                faults.add(fault);
            }
        });
        stub.receive(ByteBuffer.wrap("x".repeat(10_000).getBytes(StandardCharsets.US_ASCII)));
        assertFalse(stub.awaitsSilence());
        assertEquals(List.of(FrameFault.TOO_LONG), faults);
        stub.receive(ByteBuffer.wrap(frame()));
        assertEquals(1, frames.size());
        assertEquals("", text.toString());
    }
}
