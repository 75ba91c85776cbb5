package dev.fotabridge.protocol.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameDecoder;
import dev.fotabridge.protocol.frame.FrameFault;
import dev.fotabridge.protocol.frame.FrameSink;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Message;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Ping;
import dev.fotabridge.protocol.session.HostSession;
import dev.fotabridge.protocol.session.SessionConfig;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionState;
import dev.fotabridge.protocol.upload.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * SPEC.md section 9: the host session, given what the stub says there, does what the host does there. It may say more (its name in
 * HELLO, a PING), so messages are compared, not frames.
 */
class WorkedExchangeTest {
    private final byte[] image = new byte[24];
    private final HostSession host =
            new HostSession(SessionConfig.defaults("x"), HexFormat.of().parseHex("0123456789abcdef"), 0);
    private final List<String> said = new ArrayList<>();
    private final FrameDecoder ears = new FrameDecoder(false, new Ears(said));

    private record Ears(List<String> heard) implements FrameSink {
        @Override
        public void frame(Frame frame) {
            try {
                Message message =
                        MessageCodec.decode(MessageType.of(frame.type()).orElseThrow(), frame.payload());
                if (!(message instanceof Ping)) {
                    String bytes = HexFormat.of().formatHex(MessageCodec.encode(message));
                    heard.add(message.type() + " " + (message.type() == MessageType.HELLO ? "" : bytes));
                }
            } catch (MalformedMessageException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void text(byte[] bytes) {
            throw new AssertionError("text");
        }

        @Override
        public void damaged(FrameFault fault) {
            throw new AssertionError(fault);
        }
    }

    @Test
    void theHostSessionPlaysIt() throws Exception {
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) i;
        }
        List<String> expected = new ArrayList<>();
        FrameDecoder spec = new FrameDecoder(false, new Ears(expected));
        host.connect(0);
        for (String line : exchange()) {
            byte[] bytes = HexFormat.of().parseHex(line.substring(2));
            if (line.charAt(0) == 'S') {
                host.receive(ByteBuffer.wrap(bytes), 0);
                react();
            } else {
                spec.receive(ByteBuffer.wrap(bytes));
            }
            listen();
        }
        assertEquals(SessionState.CLOSED, host.state());
        assertEquals(expected, said);
        assertTrue(expected.size() >= 7);
    }

    private static List<String> exchange() throws IOException {
        String spec = Files.readString(Vector.repository().resolve("protocol/SPEC.md"));
        String section = spec.substring(spec.indexOf("\n## 9."), spec.indexOf("\n## 10."));
        return section.lines()
                .filter(line -> line.matches("    [HS] [0-9a-f]+"))
                .map(String::strip)
                .toList();
    }

    private void react() throws Exception {
        for (SessionEvent event = host.poll(); event != null; event = host.poll()) {
            if (event instanceof SessionEvent.Connected) {
                byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(image);
                byte[] imageHash = new byte[32];
                Arrays.fill(imageHash, (byte) 0xCC);
                host.upload(new Upload(image, sha256, imageHash, Upload.Trust.UNKNOWN, 0), 0);
            } else if (event instanceof SessionEvent.Verified) {
                host.mark(0);
            } else if (event instanceof SessionEvent.Marked) {
                host.reset(0);
            }
        }
    }

    private void listen() {
        ByteBuffer out = ByteBuffer.allocate(4_096);
        host.transmit(out, 0);
        ears.receive(out.flip());
    }
}
