package dev.fotabridge.protocol.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.protocol.message.Digests;
import dev.fotabridge.protocol.message.Item;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Message;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Range;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code messages.vec}: decoded, described, and encoded back. */
class MessageVectorTest {
    private static final HexFormat HEX = HexFormat.of();

    static Stream<Vector> vectors() {
        return Vector.read("messages.vec");
    }

    private static MessageType type(Vector vector) {
        return MessageType.of(Integer.parseInt(vector.bytes().substring(0, 2), 16))
                .orElseThrow();
    }

    private static byte[] payload(Vector vector) {
        return HEX.parseHex(vector.bytes().substring(3));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isAsTheVectorSays(Vector vector) throws Exception {
        if (!vector.isAccepted()) {
            assertThrows(MalformedMessageException.class, () -> MessageCodec.decode(type(vector), payload(vector)));
            return;
        }
        Message message = MessageCodec.decode(type(vector), payload(vector));
        assertEquals(vector.form(), describe(message));
        assertArrayEquals(payload(vector), MessageCodec.encode(message));
    }

    /** No prefix of a message is another message, but where items may follow. */
    @ParameterizedTest
    @MethodSource("vectors")
    void everyPrefixIsMalformedOrAMessage(Vector vector) {
        byte[] payload = payload(vector);
        for (int length = 0; length < payload.length; length++) {
            try {
                MessageCodec.decode(type(vector), Arrays.copyOf(payload, length));
            } catch (MalformedMessageException expected) {
                assertEquals(0, expected.getStackTrace().length);
            }
        }
    }

    private static String describe(Message message) throws ReflectiveOperationException {
        List<String> words = new ArrayList<>(List.of(message.type().name()));
        for (RecordComponent component : message.getClass().getRecordComponents()) {
            String value = show(message, component.getAccessor().invoke(message));
            if (!(value.isEmpty() && List.of("items", "ranges", "digests").contains(component.getName()))) {
                words.add(component.getName() + "=" + value);
            }
        }
        return String.join(" ", words);
    }

    private static String show(Message message, Object value) {
        if (value instanceof byte[] bytes) {
            String hex = HEX.formatHex(bytes);
            return message instanceof Digests ? hex.replaceAll("(.{16})(?!$)", "$1,") : hex;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(MessageVectorTest::showElement).collect(Collectors.joining(","));
        }
        return value.toString();
    }

    private static String showElement(Object element) {
        if (element instanceof Item item) {
            return String.format("%02x:%s", item.type(), HEX.formatHex(item.value()));
        }
        Range range = (Range) element;
        return range.start() + "-" + range.end();
    }
}
