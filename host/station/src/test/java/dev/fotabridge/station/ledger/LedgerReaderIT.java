package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger on a real disk, read from outside of its station. */
@Tag("real")
final class LedgerReaderIT {
    /** A name that a URI must escape. */
    @TempDir(factory = OddName.class)
    Path directory;

    /** Spaces and signs that mean something in a URI. */
    static final class OddName implements org.junit.jupiter.api.io.TempDirFactory {
        @Override
        public Path createTempDirectory(
                org.junit.jupiter.api.extension.AnnotatedElementContext element,
                org.junit.jupiter.api.extension.ExtensionContext context)
                throws IOException {
            return Files.createTempDirectory("state of 100% #1 ");
        }
    }

    private Path file() {
        return directory.resolve("ledger.sqlite");
    }

    private static Ledger ledger(LedgerFile file) throws FotaException {
        return file.ledger(new LockRule(0), new StopRule(0));
    }

    private void play(String... runs) throws FotaException {
        try (LedgerFile file = LedgerFile.open(directory)) {
            for (String run : runs) {
                PlayedRuns.play(ledger(file), run, 1, "u-" + run, Reason.SUCCEEDED);
            }
        }
    }

    private static int rows(Records records) throws FotaException {
        return records.page(new Records.Page(Long.MAX_VALUE, 1_000, "")).size();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aLedgerAtRestIsReadWithoutATrace() throws Exception {
        play("r1", "r2");
        byte[] before = Files.readAllBytes(file());
        List<String> names = names();
        assertEquals(2, rows(LedgerReader.open(directory)));
        assertEquals(names, names());
        assertArrayEquals(before, Files.readAllBytes(file()));
    }

    @Test
    void aLedgerInUseIsReadWhileItsStationWrites() throws Exception {
        play("r1");
        Records records = LedgerReader.open(directory);
        assertEquals(1, rows(records));
        try (LedgerFile file = LedgerFile.open(directory)) {
            assertEquals(1, rows(records));
            PlayedRuns.play(ledger(file), "r2", 1, "u2", Reason.SUCCEEDED);
            assertEquals(2, rows(records), "what stands in the log alone");
            assertEquals(2, rows(LedgerReader.open(directory)));
        }
        assertEquals(2, rows(records), "closed again");
    }

    @Test
    void whatAKilledStationLeftInTheLogIsRead() throws Exception {
        Path killed = directory.resolve("killed");
        try (LedgerFile file = LedgerFile.open(directory.resolve("live"))) {
            PlayedRuns.play(ledger(file), "r1", 1, "u1", Reason.SUCCEEDED);
            Files.createDirectory(killed);
            for (String name : List.of("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm")) {
                Files.copy(directory.resolve("live").resolve(name), killed.resolve(name));
            }
        }
        byte[] before = Files.readAllBytes(killed.resolve("ledger.sqlite"));
        assertEquals(1, rows(LedgerReader.open(killed)));
        assertArrayEquals(before, Files.readAllBytes(killed.resolve("ledger.sqlite")));
    }

    @Test
    void whatIsReadWhileAStationBeginsIsReadAgain() throws Exception {
        play("r1");
        LedgerReader reader = LedgerReader.of(directory);
        List<LedgerFile> begun = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        try {
            reader.read(handle -> {
                if (begun.isEmpty()) {
                    begun.add(begin());
                }
                counts.add(handle.createQuery("SELECT count(*) FROM attempt")
                        .mapTo(Integer.class)
                        .one());
                return null;
            });
            assertEquals(2, counts.size(), "read again");
            assertEquals(2, counts.get(1));
        } finally {
            begun.forEach(LedgerFile::close);
        }
    }

    private LedgerFile begin() {
        try {
            LedgerFile file = LedgerFile.open(directory);
            PlayedRuns.play(ledger(file), "r2", 1, "u2", Reason.SUCCEEDED);
            return file;
        } catch (FotaException e) {
            throw new AssertionError(e);
        }
    }

    private FotaException refused() {
        return assertThrows(FotaException.class, () -> rows(LedgerReader.open(directory)));
    }

    @Test
    void whatIsMissingOrDamagedIsSaidAsTheStationSaysIt() throws Exception {
        assertEquals(3, refused().reason().exitCode());
        assertEquals(List.of(), names());

        for (int i = 0; i < 100; i++) {
            play("r" + i);
        }
        Path backup;
        try (LedgerFile file = LedgerFile.open(directory)) {
            backup = file.backUp();
        }
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            for (long at = 8_192; at < channel.size() - 4_096; at += 4_096) {
                channel.write(ByteBuffer.wrap("damage".repeat(100).getBytes()), at);
            }
        }
        FotaException damaged = refused();
        assertEquals(16, damaged.reason().exitCode());
        assertTrue(damaged.getMessage().contains(backup.toString()), damaged.getMessage());
        Files.writeString(file(), "");
        assertTrue(refused().getMessage().contains("no tables"), () -> refused().getMessage());
        Files.delete(file());
        assertEquals(16, refused().reason().exitCode());
        assertTrue(
                refused().getMessage().contains(backup.toString()),
                () -> refused().getMessage());
    }

    @Test
    void aNewerLedgerIsRefused() throws Exception {
        LedgerFile.open(directory, LedgerSchema.LOCATION, LedgerFileIT.NEXT).close();
        FotaException refused = refused();
        assertEquals(3, refused.reason().exitCode());
        assertTrue(refused.getMessage().contains("version 2, and this one knows 1"), refused.getMessage());
    }
}
