package dev.fotabridge.protocol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.protocol.board.SampleBoards;
import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.message.Booted;
import dev.fotabridge.protocol.message.Digests;
import dev.fotabridge.protocol.message.Item;
import dev.fotabridge.protocol.message.Message;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.message.NoSession;
import dev.fotabridge.protocol.message.PayloadWriter;
import dev.fotabridge.protocol.message.Range;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.Status;
import dev.fotabridge.protocol.message.Welcome;
import dev.fotabridge.protocol.time.Deadline;
import dev.fotabridge.protocol.upload.Upload;
import dev.fotabridge.protocol.upload.UploadRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A board that lies, is broken or is none: always an event with a sentence, never an exception, never for ever. */
class HostileBoardTest {
    private static final byte[] NONCE = {0x23, 0x01, 3, 4, 5, 6, 7, 8};
    private static final byte[] BOOT_ID = {9, 9, 9, 9, 9, 9, 9, 9};
    private static final long SECOND = 1_000_000_000L;

    private final HostSession host = new HostSession(SessionConfig.defaults("test"), NONCE, 0);
    private int number;
    private long now;

    private void say(Message message) {
        say(message.type().code(), MessageCodec.encode(message));
    }

    private void say(int type, byte[] payload) {
        byte[] wire = FrameEncoder.encode(new Frame(type, 0x0123, number++ & 0xFFFF, payload));
        host.receive(ByteBuffer.wrap(wire), now);
        host.transmit(ByteBuffer.allocate(8_192), now);
    }

    private static Welcome welcome(List<Item> items) {
        return new Welcome(1, NONCE, BOOT_ID, items);
    }

    private static List<Item> items() {
        List<Item> items = SampleBoards.items(64 * 512, 512, 4_096, 0);
        items.add(SampleBoards.item(SampleBoards.FEATURES, new PayloadWriter().u32(4)));
        items.add(SampleBoards.item(SampleBoards.RATES, new PayloadWriter().u32(115_200)));
        return items;
    }

    private void connect() {
        host.connect(now);
        host.transmit(ByteBuffer.allocate(512), now);
    }

    /** As far as the first DATA: everything in the slot is wrong. */
    private void begin() {
        connect();
        say(welcome(items()));
        host.upload(SampleBoards.upload(SampleBoards.image(4 * 512, 1), Upload.Trust.NOTHING), now);
        host.transmit(ByteBuffer.allocate(512), now);
        say(new Reply(1, 4, 0, 0));
        say(status(s -> s));
        assertEquals(SessionState.SENDING, host.state());
    }

    /** Something possible: 1 024 bytes of credit, nothing received. */
    private static Status status(UnaryOperator<Status> change) {
        return change.apply(new Status(0, 1, 0, 0, 0, 0, 1_024, 0, 0, 1, List.of()));
    }

    private static Status positions(long received, long credit, int durable, Range... ranges) {
        return new Status(0, 1, 0, 0, 0, received, credit, durable, 0, 1, List.of(ranges));
    }

    private SessionEvent.Failed failed() {
        for (SessionEvent event = host.poll(); event != null; event = host.poll()) {
            if (event instanceof SessionEvent.Failed failed) {
                assertEquals(SessionState.FAILED, host.state());
                assertEquals(Deadline.NEVER, host.deadline());
                assertTrue(failed.text().length() > 10, failed.text());
                return failed;
            }
        }
        throw new AssertionError("it did not fail: " + host);
    }

    static Stream<Arguments> impossibleStatuses() {
        return Stream.of(
                Arguments.of("received beyond what was sent", positions(2_000, 4_000, 0)),
                Arguments.of("credit goes back", positions(0, 1_023, 0)),
                Arguments.of("credit below received", positions(1_024, 1_023, 0)),
                Arguments.of("credit beyond what the board can hold", positions(0, 4_097, 0)),
                Arguments.of("durable without a byte", positions(0, 1_024, 1)),
                Arguments.of("range at received", positions(0, 1_024, 0, new Range(0, 100))),
                Arguments.of("range beyond what was sent", positions(0, 1_024, 0, new Range(500, 5_000))),
                Arguments.of("empty range", positions(0, 1_024, 0, new Range(500, 500))),
                Arguments.of("ranges unordered", positions(0, 1_024, 0, new Range(500, 600), new Range(100, 200))),
                Arguments.of("ranges overlap", positions(0, 1_024, 0, new Range(100, 200), new Range(150, 300))),
                Arguments.of("frame never sent", new Status(900, 1, 0, 0, 0, 0, 1_024, 0, 0, 1, List.of())),
                Arguments.of("unknown state", new Status(0, 7, 0, 0, 0, 0, 1_024, 0, 0, 1, List.of())),
                Arguments.of("erased goes back", new Status(0, 1, 0, 0, 0, 0, 1_024, 0, 0, 0, List.of())),
                Arguments.of("refused without a byte", new Status(0, 1, 0, 0, 0, 0, 1_024, 0, 1, 1, List.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossibleStatuses")
    void refusesAnImpossibleStatus(String what, Status status) {
        begin();
        say(status);
        assertEquals(SessionFailure.PROTOCOL, failed().failure());
    }

    /** A late HELLO has opened the session again; BOOTED and the second WELCOME are lost. */
    @Test
    void aBoardThatHasForgottenTheUploadHasStartedAnew() {
        begin();
        say(new Status(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
        assertEquals(SessionFailure.BOARD_RESTARTED, failed().failure());
    }

    static Stream<Arguments> impossibleWelcomes() {
        PayloadWriter slot = new PayloadWriter().u32(0).u32(0x8000).u32(512).u32(0);
        byte[] good = slot.u32(0x7000).u8(4).u8(1).u8(0).toBytes();
        return Stream.of(
                Arguments.of(SampleBoards.SLOT, new byte[0]),
                Arguments.of(SampleBoards.SLOT, with(good, 4, 1)),
                Arguments.of(SampleBoards.SLOT, with(good, 7, 0xFF)),
                Arguments.of(SampleBoards.SLOT, with(good, 9, 3)),
                Arguments.of(SampleBoards.SLOT, with(good, 11, 0x80)),
                Arguments.of(SampleBoards.SLOT, with(good, 12, 1)),
                Arguments.of(SampleBoards.SLOT, with(good, 17, 0x80)),
                Arguments.of(SampleBoards.SLOT, with(good, 20, 3)),
                Arguments.of(SampleBoards.SLOT, with(good, 20, 64)),
                Arguments.of(SampleBoards.SLOT, with(good, 21, 0)),
                Arguments.of(SampleBoards.SLOT, with(good, 21, 9)),
                Arguments.of(SampleBoards.SLOT, with(good, 22, 4)),
                Arguments.of(SampleBoards.LINK, link(255, 2_048, 4_096)),
                Arguments.of(SampleBoards.LINK, link(4_097, 2_048, 4_096)),
                Arguments.of(SampleBoards.LINK, link(256, 272, 4_096)),
                Arguments.of(SampleBoards.LINK, link(256, 2_048, 255)),
                Arguments.of(SampleBoards.BOARD, new byte[0]),
                Arguments.of(SampleBoards.BOARD, new byte[33]),
                Arguments.of(SampleBoards.BOARD, new byte[] {'a', 0x1B}),
                Arguments.of(SampleBoards.RUNNING, new byte[32]),
                Arguments.of(SampleBoards.RUNNING, with(new byte[33], 32, 3)),
                Arguments.of(SampleBoards.CONFIRMS, new byte[] {2}),
                Arguments.of(SampleBoards.RATES, new byte[0]),
                Arguments.of(SampleBoards.RATES, new byte[4]),
                Arguments.of(SampleBoards.RATES, new byte[] {1, 1, 1, 1, 1}),
                Arguments.of(SampleBoards.RATES, new byte[] {1, 1, 1, (byte) 0x80}));
    }

    private static byte[] with(byte[] good, int at, int value) {
        byte[] bad = good.clone();
        bad[at] = (byte) value;
        return bad;
    }

    private static byte[] link(int fragmentMax, long lineCapacity, long streamCapacity) {
        return new PayloadWriter()
                .u16(fragmentMax)
                .u32(lineCapacity)
                .u32(streamCapacity)
                .u16(90)
                .toBytes();
    }

    @ParameterizedTest
    @MethodSource("impossibleWelcomes")
    void refusesAnImpossibleWelcome(int type, byte[] value) {
        connect();
        List<Item> items = new ArrayList<>(items());
        items.replaceAll(item -> item.type() == type ? new Item(type, value) : item);
        say(welcome(items));
        assertEquals(SessionFailure.PROTOCOL, failed().failure());
    }

    @ParameterizedTest
    @MethodSource("requiredItems")
    void refusesAWelcomeThatLacksAnItem(int type) {
        connect();
        List<Item> items = new ArrayList<>(items());
        items.removeIf(item -> item.type() == type);
        say(welcome(items));
        assertEquals(SessionFailure.PROTOCOL, failed().failure());
    }

    static Stream<Integer> requiredItems() {
        return Stream.of(
                SampleBoards.VERSIONS,
                SampleBoards.BOARD,
                SampleBoards.RUNNING,
                SampleBoards.SLOT,
                SampleBoards.LINK,
                SampleBoards.CONFIRMS);
    }

    @Test
    void saysWhichVersionsDoNotFit() {
        connect();
        say(new Welcome(0, NONCE, BOOT_ID, List.of(new Item(SampleBoards.VERSIONS, new byte[] {2, 3}))));
        SessionEvent.Failed failed = failed();
        assertEquals(SessionFailure.VERSION, failed.failure());
        assertTrue(failed.text().contains("2 to 3"), failed.text());
    }

    @Test
    void refusesDigestsThatWereNotAskedFor() {
        connect();
        say(welcome(items()));
        host.upload(SampleBoards.upload(SampleBoards.image(4 * 512, 1), Upload.Trust.CLEAN), now);
        host.transmit(ByteBuffer.allocate(512), now);
        say(new Digests(1, 3, new byte[16]));
        assertEquals(SessionFailure.PROTOCOL, failed().failure());
    }

    @Test
    void doesNotAskForDigestsForEver() {
        connect();
        say(welcome(items()));
        host.upload(SampleBoards.upload(SampleBoards.image(4 * 512, 1), Upload.Trust.CLEAN), now);
        host.transmit(ByteBuffer.allocate(512), now);
        for (int tag = 1; tag <= UploadRun.MAX_ROUNDS; tag++) {
            say(new Reply(tag, 3, 0, 0));
        }
        assertEquals(SessionFailure.LINK_LOST, failed().failure());
    }

    @Test
    void doesNotWaitForEverForABoardThatAlwaysAnswers() {
        begin();
        while (!host.state().isOver() && now < 200 * SECOND) {
            now += SECOND / 10;
            host.tick(now);
            say(status(s -> s));
        }
        assertEquals(SessionFailure.PROTOCOL, failed().failure());
        assertTrue(now < 62 * SECOND);
    }

    @Test
    void losesABoardThatSaysNothingMore() {
        begin();
        while (host.deadline() < 100 * SECOND) {
            now = host.deadline();
            host.tick(now);
            host.transmit(ByteBuffer.allocate(8_192), now);
        }
        assertEquals(SessionFailure.LINK_LOST, failed().failure());
        assertEquals(10 * SECOND, now);
    }

    @Test
    void tellsNothingFromSomethingElse() {
        host.connect(now);
        host.receive(ByteBuffer.wrap("login: ".getBytes(StandardCharsets.US_ASCII)), now);
        host.tick(11 * SECOND);
        assertEquals(SessionFailure.NOT_A_STUB, failed().failure());
    }

    @Test
    void noticesThatTheBoardHasStartedAnew() {
        begin();
        say(new Booted(BOOT_ID));
        assertEquals(SessionState.SENDING, host.state());
        say(new Booted(NONCE));
        assertEquals(SessionFailure.BOARD_RESTARTED, failed().failure());
    }

    @Test
    void noticesThatItsSessionIsGone() {
        begin();
        say(new NoSession(BOOT_ID));
        assertEquals(SessionFailure.BOARD_RESTARTED, failed().failure());
    }

    @Test
    void dropsWhatTheLineRepeats() {
        begin();
        number--;
        say(positions(9_999, 0, 7));
        assertEquals(SessionState.SENDING, host.state());
    }

    @Test
    void keepsConsoleLinesBoundedAndHarmless() {
        begin();
        for (int i = 0; i < 1_000; i++) {
            host.receive(ByteBuffer.wrap("\0ab\u001b[1m\r\n\0".getBytes(StandardCharsets.US_ASCII)), now);
        }
        int lines = 0;
        for (SessionEvent event = host.poll(); event != null; event = host.poll()) {
            if (event instanceof SessionEvent.ConsoleLine line) {
                assertEquals("ab\\x1B[1m", line.text());
                lines++;
            }
        }
        assertEquals(EventQueue.MAX_LINES, lines);
    }

    /** Frames whose check is right and whose content is anything: the session ends, or it does not, but nothing else happens. */
    @Test
    void survivesFramesOfNonsense() {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            HostileBoardTest fresh = new HostileBoardTest();
            fresh.begin();
            for (int i = 0; i < 20; i++) {
                byte[] payload = new byte[random.nextInt(40)];
                random.nextBytes(payload);
                fresh.say(0x80 + random.nextInt(10), payload);
                fresh.now += SECOND / 100;
                fresh.host.tick(fresh.now);
                while (fresh.host.poll() != null) {
                    // only counted by the queue's bound
                }
            }
        }
    }
}
