package dev.fotabridge.host.bay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBody;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.image.ModemDelta;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateForecast;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.link.BoardLink;
import dev.fotabridge.host.link.LinkConfig;
import dev.fotabridge.host.link.PortOpener;
import dev.fotabridge.host.link.RateBook;
import dev.fotabridge.host.link.SerialPort;
import dev.fotabridge.host.link.ThreadedOpener;
import dev.fotabridge.host.link.serial.JSerialCommPort;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameDecoder;
import dev.fotabridge.protocol.frame.FrameFault;
import dev.fotabridge.protocol.frame.FrameSink;
import dev.fotabridge.protocol.message.MessageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is foretold to a virtual board is what the update then does, and foretelling it does nothing. */
@Tag("real")
@Timeout(120)
final class ForecastIT {
    private static final int CEILING = BayConfig.CEILING_BAUD;
    private static final int START = 115_200;

    /** HELLO, GET_DIGESTS, BEGIN, VERIFY and the like of one update, and the probes of one climb (16 of 272 bytes). */
    private static final int OTHER_BYTES = 700 + 16 * 272;

    @TempDir
    Path directory;

    private final List<BayEvent> events = new ArrayList<>();
    private VirtualDk board;
    private ScheduledExecutorService watchdog;

    @BeforeEach
    void start() throws Exception {
        watchdog = Executors.newScheduledThreadPool(1);
        board = VirtualDk.start(VirtualDkOptions.in(Files.createDirectory(directory.resolve("board")))
                .with("--swap-time", "short", "--modem", "mfw_1.3.5"));
    }

    @AfterEach
    void stop() {
        board.close();
        watchdog.shutdownNow();
    }

    private static UpdateOptions options(Optional<String> type, boolean noDowngrade) {
        return new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, type, noDowngrade, Optional.empty());
    }

    private Path image(String version, long seed) throws IOException {
        BuiltImage built = new ImageBuilder()
                .size(120_000)
                .version(version)
                .seed(seed)
                .filling(ImageBody.THUMB)
                .build();
        return built.writeTo(directory.resolve(version + ".bin"));
    }

    private UpdateForecast forecast(Path file, UpdateOptions options) {
        try (Bays bays = FotaBridge.open(directory.resolve("state"), "test")) {
            return bays.bay(config()).forecast(file, options);
        }
    }

    private BayConfig config() {
        return new BayConfig(Optional.of(board.link().toString()), Optional.empty(), CEILING);
    }

    private UpdateRecord update(Path file) {
        try (Bays bays = FotaBridge.open(directory.resolve("state"), "test")) {
            return bays.bay(config()).update(file, options(Optional.empty(), false));
        }
    }

    /** Keeps what the host writes. */
    private record TappedPort(SerialPort port, ByteArrayOutputStream written, List<Integer> rates)
            implements SerialPort {
        @Override
        public String name() {
            return port.name();
        }

        @Override
        public int read(byte[] into, int timeoutMillis) throws IOException {
            return port.read(into, timeoutMillis);
        }

        @Override
        public void write(byte[] bytes, int offset, int length, int timeoutMillis) throws IOException {
            written.write(bytes, offset, length);
            port.write(bytes, offset, length, timeoutMillis);
        }

        @Override
        public void setRate(int baud) throws IOException {
            rates.add(baud);
            port.setRate(baud);
        }

        @Override
        public void close() {
            port.close();
        }
    }

    private static Set<MessageType> types(byte[] written) {
        Set<MessageType> types = EnumSet.noneOf(MessageType.class);
        new FrameDecoder(false, new FrameSink() {
                    @Override
                    public void frame(Frame frame) {
                        types.add(MessageType.of(frame.type()).orElseThrow());
                    }

                    @Override
                    public void text(byte[] bytes) {
                        throw new AssertionError("text");
                    }

                    @Override
                    public void damaged(FrameFault fault) {
                        throw new AssertionError(fault);
                    }
                })
                .receive(ByteBuffer.wrap(written));
        return types;
    }

    private RunEnd run(Path file, ByteArrayOutputStream written, List<Integer> rates, List<BoardInfo> seen)
            throws FotaException {
        try (SharedParts parts = new SharedParts()) {
            BayLoop loop = parts.loop();
            PortOpener opener = () ->
                    new TappedPort(JSerialCommPort.open(board.link().toString(), START, watchdog), written, rates);
            BoardLink link = new BoardLink(
                    new ThreadedOpener(opener, START, loop::wake, parts.rehearsal()),
                    new LinkConfig(START, CEILING, 10_000_000_000L, "test"),
                    () -> new byte[] {1, 2, 3, 4, 5, 6, 7, 8},
                    RateBook.NONE);
            try (OpenBay bay = new OpenBay("tapped", () -> {}, loop, link)) {
                UpdateOptions options = options(Optional.empty(), false);
                BayContext context =
                        new BayContext(new StateDirectory(directory.resolve("state")), "test", "s", loop, parts);
                ForecastRun run =
                        new ForecastRun(PreparedImage.of(file, options), options, bay, context, events::add, CEILING);
                RunEnd end = run.run();
                run.board().ifPresent(seen::add);
                return end;
            }
        }
    }

    @Test
    void onlyHelloAndRequestsForDigestsAreSentAndNothingChanges() throws Exception {
        byte[] before = Files.readAllBytes(board.flash());
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        List<Integer> rates = new ArrayList<>();
        List<BoardInfo> seen = new ArrayList<>();
        RunEnd end = run(image("2.0.0", 5), written, rates, seen);
        assertEquals(new RunEnd(Reason.SUCCEEDED, "30 of 30 pages would be sent."), end);
        assertEquals(EnumSet.of(MessageType.HELLO, MessageType.GET_DIGESTS), types(written.toByteArray()));
        assertEquals(List.of(), rates);
        assertArrayEquals(before, Files.readAllBytes(board.flash()));
        assertFalse(Files.exists(directory.resolve("state").resolve("journal")), "no journal");
        assertFalse(board.log().stream().anyMatch(line -> line.contains("upload begun") || line.contains("reset")));
        assertTrue(events.stream().noneMatch(BayEvent.Fota.class::isInstance), events::toString);

        BoardInfo there = seen.get(0);
        BoardInfo reference = ReferenceBoard.info();
        assertEquals(there.flash(), reference.flash());
        assertEquals(there.link().features(), reference.link().features());
        assertEquals(
                Set.copyOf(there.link().rates()), Set.copyOf(reference.link().rates()));
        assertEquals(there.link().rates().get(0), reference.link().rates().get(0));
        assertEquals(there.slot().base(), reference.slot().base());
        assertEquals(there.slot().pageSize(), reference.slot().pageSize());
        assertEquals(there.slot().sizeLimit(), reference.slot().sizeLimit());
    }

    @Test
    void theUpdateThenSendsWhatWasForetold() throws Exception {
        Path first = image("2.0.0", 5);
        assertEquals(Reason.SUCCEEDED, update(first).reason());
        Path second = image("3.0.0", 6);
        UpdateForecast forecast = forecast(second, options(Optional.empty(), false));
        assertEquals(Reason.SUCCEEDED, forecast.end().reason());
        assertEquals("2.0.0", forecast.from());
        assertEquals("3.0.0", forecast.to());
        assertEquals(
                List.of(115_200, 230_400, 460_800, CEILING),
                forecast.transfers().stream().map(UpdateForecast.Transfer::baud).toList());
        UpdateRecord record = update(second);
        assertEquals(Reason.SUCCEEDED, record.reason());
        assertEquals(forecast.pagesToSend(), record.wire().pagesSent());
        assertEquals(forecast.pages() - forecast.pagesToSend(), record.wire().pagesSkipped());
        UpdateForecast.Transfer fastest = forecast.transfers().get(3);
        long sent = record.wire().sentBytes() - record.wire().retransmittedBytes();
        assertTrue(
                sent >= fastest.wireBytes() && sent <= fastest.wireBytes() * 1.01 + OTHER_BYTES,
                () -> fastest + " " + record.wire());
        double seconds = record.spans().get("TRANSFER");
        assertTrue(seconds > fastest.seconds() * 0.95, () -> fastest + " took " + seconds);
        assertEquals(
                Reason.UP_TO_DATE,
                forecast(second, options(Optional.empty(), false)).end().reason());
    }

    @Test
    void whatWouldBeRefusedIsRefusedAlike() throws Exception {
        Path old = image("0.9.0", 5);
        List<UpdateOptions> refusing =
                List.of(options(Optional.of("thingy91_nrf9160_ns"), false), options(Optional.empty(), true));
        for (UpdateOptions options : refusing) {
            RunEnd end = forecast(old, options).end();
            try (Bays bays = FotaBridge.open(directory.resolve("state"), "test")) {
                assertEquals(bays.bay(config()).update(old, options).unit(), end);
            }
        }
        Path hex = Files.writeString(directory.resolve("app.hex"), ":00000001FF\n");
        assertEquals(
                Reason.IMAGE_FORMAT,
                forecast(hex, options(Optional.empty(), false)).end().reason());
        board.kill();
        assertEquals(
                Reason.PORT_MISSING,
                forecast(old, options(Optional.empty(), false)).end().reason());
    }

    @Test
    void ofAModemDeltaTheFirstStepIsNamed() throws Exception {
        byte[] delta = ModemDelta.between("mfw_1.3.5", "mfw_1.3.6").size(20_000).build();
        Path file = Files.write(directory.resolve("delta.bin"), delta);
        UpdateForecast forecast = forecast(file, options(Optional.empty(), false));
        assertEquals(Reason.SUCCEEDED, forecast.end().reason());
        assertTrue(forecast.end().message().contains("20000 bytes of the delta"), forecast::toString);
        assertEquals(0, forecast.pages());
    }

    @Test
    void aDiffOfTwoFilesIsWhatABoardWithOneOfThemIsForetold() throws Exception {
        Path first = image("2.0.0", 5);
        assertEquals(Reason.SUCCEEDED, update(first).reason());
        Path second = image("3.0.0", 6);
        UpdateOptions options = options(Optional.empty(), false);
        ImageDiff diff = ImageDiff.of(PreparedImage.of(first, options), PreparedImage.of(second, options));
        UpdateForecast forecast = forecast(second, options);
        assertEquals(forecast.pages(), diff.pages());
        for (int i = 0; i < forecast.transfers().size(); i++) {
            UpdateForecast.Transfer there = forecast.transfers().get(i);
            RateEstimate here = diff.ifRuns().get(i);
            assertEquals(there.baud(), here.baud());
            assertEquals(there.wireBytes(), here.upload().wireBytes(), 0.02 * there.wireBytes());
        }
    }
}
