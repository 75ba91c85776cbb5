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
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger on a real disk. */
@Tag("real")
final class LedgerFileIT {
    static final String NEXT = "classpath:dev/fotabridge/station/nextledger";

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("ledger.sqlite");
    }

    private static Ledger ledger(LedgerFile file) throws FotaException {
        return file.ledger(new LockRule(0), new StopRule(0));
    }

    private void play(int runs) throws FotaException {
        try (LedgerFile file = LedgerFile.open(directory)) {
            Ledger ledger = ledger(file);
            for (int i = 0; i < runs; i++) {
                ledger.begin(LedgerTest.run("r" + i, 1, "u" + i));
                ledger.end(LedgerTest.end("r" + i, Reason.SUCCEEDED));
            }
        }
    }

    private FotaException refused() {
        return assertThrows(
                FotaException.class, () -> LedgerFile.open(directory).close());
    }

    private int rows() throws FotaException {
        return LedgerReader.open(directory)
                .page(new Records.Page(Long.MAX_VALUE, 1_000, ""))
                .size();
    }

    @Test
    void whatIsStoredIsThereAtTheNextStart() throws FotaException {
        play(3);
        try (LedgerFile file = LedgerFile.open(directory)) {
            assertEquals("r2", ledger(file).place(1).lastRun());
            assertEquals(3, rows());
        }
        assertEquals(3, rows());
    }

    @Test
    void theFileIsInWalModeAndEachCommitWaitsForTheDisk() throws FotaException {
        play(1);
        try (Handle handle = Jdbi.create(LedgerConnections.writer(file())).open()) {
            assertEquals(
                    "wal",
                    handle.createQuery("PRAGMA journal_mode")
                            .mapTo(String.class)
                            .one());
            int full = 2;
            assertEquals(
                    full,
                    handle.createQuery("PRAGMA synchronous")
                            .mapTo(Integer.class)
                            .one());
            assertEquals(
                    1,
                    handle.createQuery("PRAGMA foreign_keys")
                            .mapTo(Integer.class)
                            .one());
        }
    }

    @Test
    void aReaderCannotWrite() throws FotaException {
        play(1);
        try (Handle handle = Jdbi.create(LedgerConnections.reader(file())).open()) {
            assertThrows(RuntimeException.class, () -> handle.execute("INSERT INTO idempotency VALUES ('k', 1, 'r0')"));
        }
    }

    @Test
    void oneStationAtATime() throws FotaException {
        try (LedgerFile file = LedgerFile.open(directory)) {
            FotaException refused = refused();
            assertEquals(3, refused.reason().exitCode());
            String holder = "process " + ProcessHandle.current().pid();
            assertTrue(refused.getMessage().contains(holder), refused.getMessage());
            ledger(file).begin(LedgerTest.run("r1", 1, "u1"));
        }
        LedgerFile.open(directory).close();
    }

    @Test
    void aDamagedLedgerIsNotUsedAndItsBackupIsNamed() throws Exception {
        play(200);
        Path backup;
        try (LedgerFile file = LedgerFile.open(directory)) {
            backup = file.backUp();
        }
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            for (long at = 8_192; at < channel.size() - 4_096; at += 4_096) {
                channel.write(ByteBuffer.wrap("damage".repeat(100).getBytes()), at);
            }
        }
        byte[] before = Files.readAllBytes(file());
        FotaException refused = refused();
        assertEquals(16, refused.reason().exitCode());
        assertTrue(refused.getMessage().contains(backup.toString()), refused.getMessage());
        assertArrayEquals(before, Files.readAllBytes(file()));

        Files.move(backup, file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        LedgerFile.open(directory).close();
        assertEquals(200, rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "this is no database", "SQLite format 3\0"})
    void whatIsNoLedgerIsNotBegunAnew(String content) throws Exception {
        Files.writeString(file(), content);
        FotaException refused = refused();
        assertEquals(16, refused.reason().exitCode(), refused.getMessage());
        assertTrue(refused.getMessage().contains("no backup"), refused.getMessage());
        assertEquals(content, Files.readString(file()));
    }

    @Test
    void aLedgerThatIsMissingIsNotBegunAnewWhereThereAreBackups() throws Exception {
        play(1);
        Path backup;
        try (LedgerFile file = LedgerFile.open(directory)) {
            backup = file.backUp();
        }
        Files.delete(file());
        FotaException refused = refused();
        assertEquals(16, refused.reason().exitCode());
        assertTrue(refused.getMessage().contains(backup.toString()), refused.getMessage());
        assertFalse(Files.exists(file()));
    }

    /** A link may lead to a disk that is not mounted: an empty ledger would be in its place, and nobody would notice. */
    @Test
    @Timeout(60)
    void whatIsInThePlaceOfALedgerIsNamed() throws Exception {
        Files.createSymbolicLink(file(), Path.of("nowhere"));
        assertTrue(refused().getMessage().contains("is a link that leads nowhere"));
        assertTrue(Files.isSymbolicLink(file()));
        Files.delete(file());
        Files.createDirectory(file());
        assertTrue(refused().getMessage().contains("is no file"));
        Files.delete(file());
        assertEquals(0, new ProcessBuilder("mkfifo", file().toString()).start().waitFor());
        FotaException pipe = refused();
        assertEquals(Reason.STORAGE_UNWRITABLE, pipe.reason());
        assertTrue(pipe.getMessage().contains("is no file"), pipe.getMessage());
    }

    @Test
    void aStateDirectoryThatIsAFileIsNamed() throws Exception {
        Path state = Files.createFile(directory.resolve("state"));
        FotaException refused = assertThrows(FotaException.class, () -> LedgerFile.open(state));
        assertTrue(refused.getMessage().contains("is in the way"), refused.getMessage());
    }

    @Test
    void aStationThatWasKilledWhileItMadeItsLedgerMakesItAgain() throws Exception {
        Files.writeString(directory.resolve("ledger.sqlite.new"), "half");
        play(1);
        assertEquals(1, rows());
    }

    @Test
    void anOlderLedgerIsBackedUpAndThenMigrated() throws Exception {
        play(2);
        LedgerFile.open(directory, LedgerSchema.LOCATION, NEXT).close();
        try (Handle handle = Jdbi.create(LedgerConnections.reader(file())).open()) {
            assertEquals(
                    2,
                    handle.createQuery("SELECT count(*) FROM run WHERE shift = ''")
                            .mapTo(Integer.class)
                            .one());
        }
        List<Path> backups = backups();
        assertEquals(1, backups.size());
        try (Handle handle =
                Jdbi.create(LedgerConnections.reader(backups.get(0))).open()) {
            assertEquals(
                    2,
                    handle.createQuery("SELECT count(*) FROM run")
                            .mapTo(Integer.class)
                            .one());
            assertThrows(
                    RuntimeException.class,
                    () -> handle.createQuery("SELECT shift FROM run")
                            .mapTo(String.class)
                            .list());
        }
    }

    @Test
    void aNewerLedgerIsRefused() throws Exception {
        LedgerFile.open(directory, LedgerSchema.LOCATION, NEXT).close();
        FotaException refused = refused();
        assertEquals(3, refused.reason().exitCode());
        assertTrue(refused.getMessage().contains("version 2, and this one knows 1"), refused.getMessage());
        assertEquals(List.of(), backups());
    }

    private List<Path> backups() throws IOException {
        Path place = directory.resolve("backup");
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.toList();
        }
    }

    @Test
    void aDatabaseThatAnotherProgramLocksIsToldAndUsedAgainAfterwards() throws FotaException {
        try (LedgerFile file = LedgerFile.open(directory);
                Handle other = Jdbi.create(LedgerConnections.writer(file())).open()) {
            Ledger ledger = ledger(file);
            other.execute("BEGIN IMMEDIATE");
            FotaException refused =
                    assertThrows(FotaException.class, () -> ledger.begin(LedgerTest.run("r1", 1, "u1")));
            assertTrue(refused.getMessage().contains("locked by another program"), refused.getMessage());
            assertEquals(16, refused.reason().exitCode());
            assertEquals(List.of(), ledger.open());
            other.execute("ROLLBACK");
            ledger.begin(LedgerTest.run("r1", 1, "u1"));
        }
        assertEquals(1, rows());
    }

    @Test
    void manyBaysWriteAtOnce() throws Exception {
        int bays = 64;
        ExecutorService threads = Executors.newFixedThreadPool(bays);
        try (LedgerFile file = LedgerFile.open(directory)) {
            Ledger ledger = ledger(file);
            List<Future<StoredEnd>> ends = IntStream.range(0, bays)
                    .mapToObj(bay -> threads.submit(() -> {
                        ledger.begin(LedgerTest.run("r" + bay, bay, "u" + bay));
                        return ledger.end(LedgerTest.end("r" + bay, Reason.SUCCEEDED));
                    }))
                    .toList();
            assertEquals(
                    IntStream.rangeClosed(1, bays).boxed().toList(),
                    ends.stream().map(LedgerFileIT::attempt).sorted().toList());
        } finally {
            threads.shutdownNow();
        }
        assertEquals(bays, rows());
    }

    private static int attempt(Future<StoredEnd> end) {
        try {
            return (int) end.get().attempt();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDirectoryWithoutALedgerHasNoRecords() {
        FotaException refused = assertThrows(FotaException.class, () -> LedgerReader.open(directory));
        assertEquals(3, refused.reason().exitCode());
    }

    @Test
    void aStateDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Path inTheWay = Files.writeString(directory.resolve("file"), "");
        FotaException refused = assertThrows(
                FotaException.class,
                () -> LedgerFile.open(inTheWay.resolve("state")).close());
        assertEquals(16, refused.reason().exitCode());
    }

    @Test
    void freeSpaceIsThatOfTheDirectorysDisk() {
        assertTrue(FreeSpace.isEnough(directory, 1));
        assertFalse(FreeSpace.isEnough(directory, Long.MAX_VALUE));
        assertTrue(FreeSpace.isEnough(directory.resolve("not/there"), Long.MAX_VALUE));
    }
}
