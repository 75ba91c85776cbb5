package dev.fotabridge.host.bays;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.image.SignatureKind;
import dev.fotabridge.fixtures.image.SigningKey;
import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bay serves many commands on a virtual board, and goes on after each interruption. */
@Tag("real")
final class BoardBayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final UpdateOptions CONFIRMED =
            new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());

    @TempDir
    Path directory;

    private final List<BayEvent> events = new CopyOnWriteArrayList<>();
    private VirtualDk board;
    private Bays bays;
    private Bay bay;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void start() throws Exception {
        Path home = Files.createDirectory(directory.resolve("board"));
        board = VirtualDk.start(VirtualDkOptions.in(home).with("--swap-time", "short"));
        bays = FotaBridge.open(directory.resolve("state"), "test");
        bay = bays.bay(new BayConfig(Optional.of(board.link().toString()), Optional.empty(), 1_000_000));
        bay.observe((origin, event) -> events.add(event));
    }

    @AfterEach
    void stop() throws Exception {
        bays.close();
        board.close();
        threads.shutdownNow();
    }

    private Path image(String version, BuiltImage[] built) throws Exception {
        built[0] = new ImageBuilder().size(120_000).version(version).seed(7).build();
        Path file = directory.resolve(version + ".bin");
        built[0].writeTo(file);
        return file;
    }

    @Test
    void oneBayServesManyCommands() throws Exception {
        BuiltImage[] image = new BuiltImage[1];
        Path file = image("7.0.0", image);
        assertEquals(Optional.empty(), bay.port());
        BoardReport before = bay.info(PATIENCE);
        assertEquals(Optional.of(board.link().toString()), bay.port());
        assertTrue(before.isOf("nrf9160dk") && !before.isOf("thingy91"), before.type());
        UpdateRecord record = bay.update(file, CONFIRMED);
        BoardReport after = bay.info(PATIENCE);
        BoardReport reset = bay.reset(PATIENCE);

        assertEquals(Reason.SUCCEEDED, record.reason(), record.message());
        assertTrue(record.cloud().isEmpty());
        assertNotEquals(before.running().imageHash(), after.running().imageHash());
        assertEquals("7.0.0", after.running().version());
        assertEquals("CONFIRMED", reset.running().state());
        assertNotEquals(after.bootId(), reset.bootId());
        assertArrayEquals(image[0].bytes(), board.slot0(image[0].bytes().length));
        assertEquals(Reason.UP_TO_DATE, bay.update(file, CONFIRMED).reason());
    }

    /** The bytes that were approved, whatever becomes of the file. */
    @Test
    void anImageInMemoryIsWrittenAsItWasLoaded() throws Exception {
        BuiltImage[] built = new BuiltImage[1];
        byte[] bytes = Files.readAllBytes(image("7.0.5", built));
        UpdateImage image = FotaBridge.image(bytes, Optional.empty());
        Arrays.fill(bytes, (byte) 0);

        assertEquals(Optional.of("7.0.5"), image.version());
        assertEquals(built[0].fileSha256(), image.fileSha256());
        assertTrue(image.hasStub() && !image.isModemDelta());
        UpdateRecord record = bay.update(image, CONFIRMED);
        assertEquals(Reason.SUCCEEDED, record.reason(), record.message());
        assertArrayEquals(built[0].bytes(), board.slot0(built[0].bytes().length));
    }

    /** A key that is given with the update only is asked for, too. */
    @Test
    void anImageInMemoryIsHeldToTheUpdatesKey() throws Exception {
        UpdateImage image = FotaBridge.image(Files.readAllBytes(image("7.0.6", new BuiltImage[1])), Optional.empty());
        Path key = directory.resolve("key.pem");
        Files.writeString(key, SigningKey.generate(SignatureKind.ECDSA_P256).publicPem());
        UpdateOptions signed =
                new UpdateOptions(Optional.of(key), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());

        assertEquals(Reason.IMAGE_SIGNATURE, bay.update(image, signed).reason());
        assertEquals(
                Reason.IMAGE_SIGNATURE,
                assertThrows(FotaException.class, () -> FotaBridge.image(directory.resolve("7.0.6.bin"), signed))
                        .reason());
        assertEquals(Optional.empty(), bay.port(), "no board is touched");
    }

    @Test
    void anInterruptedUpdateGoesOnInTheSameBay() throws Exception {
        Path file = image("7.1.0", new BuiltImage[1]);
        CompletableFuture<UpdateRecord> first = CompletableFuture.supplyAsync(() -> bay.update(file, CONFIRMED));
        await().atMost(PATIENCE).until(() -> events.stream().anyMatch(BayEvent.Transfer.class::isInstance));
        bay.interrupt();

        assertEquals(Reason.INTERRUPTED, first.get(20, TimeUnit.SECONDS).reason());
        assertEquals(Reason.SUCCEEDED, bay.update(file, CONFIRMED).reason());
    }

    /** Before MARK nothing of it is in the flash, and the board still runs its old image. */
    @Test
    void theGateHearsOfMarkBeforeTheBoardDoes() throws Exception {
        UpdateImage image = FotaBridge.image(Files.readAllBytes(image("7.1.1", new BuiltImage[1])), Optional.empty());
        BoardReport.Slot slot = bay.info(PATIENCE).slot();
        byte[] old = board.slot0(64);
        List<Phase> phases = new ArrayList<>();
        List<Boolean> marked = new ArrayList<>();
        UpdateRecord record = bay.update(image, CONFIRMED, phase -> {
            phases.add(phase);
            if (phase == Phase.MARK) {
                marked.add(isMarked(slot));
            } else if (phase == Phase.SWAP) {
                marked.add(isMarked(slot));
                assertArrayEquals(old, board.slot0(64));
            }
        });

        assertEquals(Reason.SUCCEEDED, record.reason(), record.message());
        assertEquals(
                List.of(
                        Phase.CHECK,
                        Phase.CONNECT,
                        Phase.TRANSFER,
                        Phase.VERIFY,
                        Phase.MARK,
                        Phase.SWAP,
                        Phase.CONFIRM),
                phases.stream().distinct().toList());
        assertEquals(List.of(false, true), marked);
    }

    /** MCUboot's magic is the last 16 bytes of a slot; erased it is no magic. */
    private boolean isMarked(BoardReport.Slot slot) {
        try {
            return Files.readAllBytes(board.flash())[(int) slot.base() + slot.size() - 1] != (byte) 0xFF;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCancelledUpdateIsTakenBack() throws Exception {
        UpdateImage image = FotaBridge.image(Files.readAllBytes(image("7.1.2", new BuiltImage[1])), Optional.empty());
        for (Phase when : List.of(Phase.CHECK, Phase.TRANSFER, Phase.MARK, Phase.SWAP)) {
            UpdateRecord record = bay.update(image, CONFIRMED, phase -> {
                if (phase == when) {
                    bay.cancel(new RunEnd(Reason.INTERRUPTED, "A person aborted it."));
                }
            });
            BoardReport after = bay.info(PATIENCE);

            assertEquals(Reason.INTERRUPTED, record.reason(), when + ": " + record.message());
            assertTrue(record.message().startsWith("A person aborted it."), record.message());
            assertNotEquals("7.1.2", after.running().version(), when.toString());
            assertFalse(after.slot().state().startsWith("PENDING"), when.toString());
        }
        assertEquals(Reason.SUCCEEDED, bay.update(image, CONFIRMED).reason());
        bay.cancel(new RunEnd(Reason.INTERRUPTED, "Too late."));
        assertEquals(Reason.UP_TO_DATE, bay.update(image, CONFIRMED).reason(), "a cancel is of the update that runs");
    }

    @Test
    void theConsoleIsListenedToUntilInterruptedAndNothingElseRunsMeanwhile() throws Exception {
        CompletableFuture<Reason> console = CompletableFuture.supplyAsync(
                () -> assertThrows(FotaException.class, () -> bay.console()).reason());
        await().atMost(PATIENCE).until(() -> isBusy(bay));
        bay.interrupt();

        assertEquals(Reason.INTERRUPTED, console.get(20, TimeUnit.SECONDS));
        assertFalse(bay.info(PATIENCE).bootId().isEmpty());
    }

    private static boolean isBusy(Bay bay) {
        try {
            bay.info(Duration.ofMillis(1));
            return false;
        } catch (IllegalStateException e) {
            return true;
        } catch (FotaException e) {
            return false;
        }
    }

    /** The port is given back, and the bay says so to who still asks. */
    @Test
    void aClosedBayIsFreeForAnother() throws Exception {
        bay.info(PATIENCE);
        BayConfig same = new BayConfig(Optional.of(board.link().toString()), Optional.empty(), 1_000_000);
        try (Bays others = FotaBridge.open(directory.resolve("others"), "test")) {
            Bay other = others.bay(same);
            assertEquals(
                    Reason.PORT_BUSY,
                    assertThrows(FotaException.class, () -> other.info(PATIENCE))
                            .reason());
            bay.close();
            assertFalse(other.info(PATIENCE).bootId().isEmpty());
        }
        assertEquals(
                Reason.INTERRUPTED,
                assertThrows(FotaException.class, () -> bay.info(PATIENCE)).reason());
    }

    /** It hangs at the first event of each bay until all boards are updated. */
    @Test
    void anObserverThatHangsDelaysNoBoard() throws Exception {
        Path file = image("7.2.0", new BuiltImage[1]);
        CountDownLatch hang = new CountDownLatch(1);
        List<VirtualDk> boards = new ArrayList<>();
        try {
            List<CompletableFuture<UpdateRecord>> updates = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Path home = Files.createDirectory(directory.resolve("board-" + i));
                boards.add(VirtualDk.start(
                        VirtualDkOptions.in(home).withoutTiming().with("--swap-time", "short")));
                String port = boards.get(i).link().toString();
                Bay place = bays.bay(new BayConfig(Optional.of(port), Optional.empty(), 1_000_000));
                place.observe((origin, event) -> awaitGate(hang));
                place.observe((origin, event) -> events.add(event));
                updates.add(CompletableFuture.supplyAsync(() -> place.update(file, CONFIRMED), threads));
            }
            for (CompletableFuture<UpdateRecord> update : updates) {
                UpdateRecord record = update.get(60, TimeUnit.SECONDS);
                assertEquals(Reason.SUCCEEDED, record.reason(), record.message());
            }
            await().atMost(PATIENCE).until(() -> count(BayEvent.Ended.class) == 8);
            assertEquals(
                    8,
                    events.stream()
                            .filter(new BayEvent.PhaseEntered(Phase.CONFIRM)::equals)
                            .count());
        } finally {
            hang.countDown();
            bays.close();
            boards.forEach(VirtualDk::close);
        }
    }

    private long count(Class<? extends BayEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    private static void awaitGate(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
