package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage of a ledger's files: each is exit code 16 with the backup's name, nothing is written, and no ledger is begun anew. */
@Tag("real")
@Timeout(60)
final class LedgerDamageIT {
    private static final int PAGE = 4_096;
    private static final int RUNS = 60;
    private static final int FRAME = 24 + PAGE;

    @TempDir
    static Path templates;

    @TempDir
    Path scratch;

    private Path state;
    private Path backup;

    private Path file() {
        return state.resolve("ledger.sqlite");
    }

    private Path log() {
        return state.resolve("ledger.sqlite-wal");
    }

    /** Made once: each commit waits for the disk. */
    @BeforeAll
    static void play() throws Exception {
        Path closed = templates.resolve("closed");
        try (LedgerFile file = LedgerFile.open(closed)) {
            play(file, "r", RUNS);
            file.backUp();
        }
        Path working = templates.resolve("working");
        copy(closed, working);
        try (LedgerFile file = LedgerFile.open(working)) {
            play(file, "k", 20);
            copy(working, templates.resolve("killed"));
        }
    }

    /** The last one fails, after others that passed. */
    private static void play(LedgerFile file, String name, int runs) throws FotaException {
        Ledger ledger = file.ledger(new LockRule(0), new StopRule(0));
        for (int i = 0; i < runs; i++) {
            ledger.begin(LedgerTest.run(name + i, 1, name + i));
            ledger.end(LedgerTest.end(name + i, i == runs - 1 ? Reason.REVERTED : Reason.SUCCEEDED));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private void closed() throws Exception {
        use("closed");
    }

    /** What a killed station leaves: the files as they are while one works. */
    private void killed() throws Exception {
        use("killed");
    }

    private void use(String template) throws Exception {
        state = scratch.resolve("state");
        copy(templates.resolve(template), state);
        try (Stream<Path> backups = Files.list(state.resolve("backup"))) {
            backup = backups.findFirst().orElseThrow();
        }
    }

    private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(16).nextBytes(bytes);
        return bytes;
    }

    private static void cut(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private void requireRefused() throws Exception {
        byte[] before = Files.readAllBytes(file());
        FotaException refused =
                assertThrows(FotaException.class, () -> LedgerFile.open(state).close());
        assertEquals(16, refused.reason().exitCode(), refused.getMessage());
        assertTrue(refused.getMessage().contains("is damaged"), refused.getMessage());
        assertTrue(refused.getMessage().contains(backup.toString()), refused.getMessage());
        assertArrayEquals(before, Files.readAllBytes(file()), "nothing is written");
    }

    @ParameterizedTest
    @CsvSource({"0,true", "50,true", "100,true", "0,false", "50,false", "100,false"})
    void aPageThatIsOverwritten(int percent, boolean isNoise) throws Exception {
        closed();
        long pages = Files.size(file()) / PAGE;
        long page = Math.min(pages - 1, pages * percent / 100);
        overwrite(file(), page * PAGE, isNoise ? noise(PAGE) : new byte[PAGE]);
        requireRefused();
    }

    @Test
    void pagesOfEachTableAndIndexCount() throws Exception {
        closed();
        byte[] whole = Files.readAllBytes(file());
        for (int page = 0; page < whole.length / PAGE; page += 4) {
            overwrite(file(), (long) page * PAGE, noise(PAGE));
            requireRefused();
            overwrite(file(), (long) page * PAGE, Arrays.copyOfRange(whole, page * PAGE, (page + 1) * PAGE));
        }
        LedgerFile.open(state).close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 99})
    void aFileThatIsCut(int percent) throws Exception {
        closed();
        cut(file(), Files.size(file()) * percent / 100);
        requireRefused();
    }

    @Test
    void whatAKilledStationLeavesIsWhole() throws Exception {
        killed();
        try (LedgerFile file = LedgerFile.open(state)) {
            PlaceState place = file.ledger(new LockRule(0), new StopRule(0)).place(1);
            assertEquals("k19", place.lastRun());
            assertEquals("FAIL", place.verdict().orElseThrow().name());
            assertEquals(
                    RUNS + 20,
                    file.records()
                            .page(new Records.Page(Long.MAX_VALUE, 1_000, ""))
                            .size());
        }
    }

    /** The verdict before the lost one is PASS: it must not be shown. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.6, 1})
    void aFrameOfTheLogThatIsOverwritten(double part) throws Exception {
        killed();
        long frames = (Files.size(log()) - 32) / FRAME;
        long frame = Math.min(frames - 1, Math.round(frames * part));
        overwrite(log(), 32 + frame * FRAME + 24, noise(100));
        requireRefused();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 40, 90, 99})
    void aLogThatIsCut(int percent) throws Exception {
        killed();
        cut(log(), Math.max(1, Files.size(log()) * percent / 100));
        requireRefused();
    }

    @Test
    void theBeginOfTheLog() throws Exception {
        killed();
        overwrite(log(), 4, noise(20));
        requireRefused();
    }

    /** After a loss of power the index of the log says nothing: the log alone does. */
    @Test
    void theLogWithoutItsIndex() throws Exception {
        killed();
        Files.delete(state.resolve("ledger.sqlite-shm"));
        long frames = (Files.size(log()) - 32) / FRAME;
        overwrite(log(), 32 + frames / 2 * FRAME + 24, noise(100));
        requireRefused();
    }

    /** The commit that was under way when the power was lost had not been told to anybody. */
    @Test
    void theLastCommitMayBeTorn() throws Exception {
        killed();
        Files.delete(state.resolve("ledger.sqlite-shm"));
        overwrite(log(), Files.size(log()) - 100, noise(100));
        try (LedgerFile file = LedgerFile.open(state)) {
            PlaceState place = file.ledger(new LockRule(0), new StopRule(0)).place(1);
            assertEquals("k19", place.lastRun());
            assertEquals(Optional.empty(), place.verdict());
        }
    }

    @Test
    void aLogWithoutItsLedger() throws Exception {
        killed();
        Files.delete(file());
        Files.delete(backup);
        FotaException refused =
                assertThrows(FotaException.class, () -> LedgerFile.open(state).close());
        assertEquals(16, refused.reason().exitCode());
        assertFalse(Files.exists(file()));
    }

    /** A file that is too large to be checked before anything else. */
    @Test
    void whatIsFoundLaterIsSaidAndCheckedFirstAtTheNextStart() throws Exception {
        closed();
        byte[] whole = Files.readAllBytes(file());
        long pages = whole.length / PAGE;
        overwrite(file(), pages / 2 * PAGE, noise(PAGE));
        try (LedgerFile file = LedgerFile.open(state, Duration.ZERO, LedgerSchema.LOCATION)) {
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> file.damage().isPresent());
            assertTrue(file.damage().orElseThrow().contains(backup.toString()));
        } catch (FotaException foundAtOnce) {
            assertEquals(16, foundAtOnce.reason().exitCode());
        }
        assertThrows(
                FotaException.class,
                () -> LedgerFile.open(state, Duration.ZERO, LedgerSchema.LOCATION)
                        .close());
        Files.copy(backup, file(), StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(log());
        Files.deleteIfExists(state.resolve("ledger.sqlite-shm"));
        LedgerFile.open(state, Duration.ZERO, LedgerSchema.LOCATION).close();
        assertFalse(Files.exists(state.resolve("ledger.damaged")));
    }
}
