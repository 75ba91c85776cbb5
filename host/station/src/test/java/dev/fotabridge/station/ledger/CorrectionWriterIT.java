package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrections of a ledger on a real disk, from outside of its station. */
@Tag("real")
final class CorrectionWriterIT {
    @TempDir
    Path directory;

    private static Correction correction(String run, String value) {
        return new Correction(run, "lot", value, "misread", "eve", LedgerTest.START);
    }

    private LedgerFile open() throws FotaException {
        return LedgerFile.open(directory);
    }

    private static Ledger ledger(LedgerFile file) throws FotaException {
        return file.ledger(new LockRule(0), new StopRule(0));
    }

    @Test
    void aLedgerAtRestIsCorrected() throws Exception {
        try (LedgerFile file = open()) {
            PlayedRuns.play(ledger(file), "r1", 1, "u1", Reason.SUCCEEDED);
        }
        CorrectionWriter.add(directory, correction("r1", "LOT-4"));
        assertEquals(1, LedgerReader.open(directory).corrections("r1").size());
        assertFalse(Files.exists(directory.resolve("ledger.sqlite-wal")), "as a station leaves it");
    }

    /** Neither the station nor the corrections fail, and nothing is lost. */
    @Test
    void correctionsAndAStationWriteAtOnce() throws Exception {
        try (LedgerFile file = open()) {
            Ledger ledger = ledger(file);
            PlayedRuns.play(ledger, "r0", 1, "u0", Reason.SUCCEEDED);
            CompletableFuture<Void> station = CompletableFuture.runAsync(() -> {
                for (int i = 1; i <= 60; i++) {
                    play(ledger, "r" + i);
                }
            });
            for (int i = 0; i < 20; i++) {
                CorrectionWriter.add(directory, correction("r0", "LOT-" + i));
            }
            station.get();
            assertEquals(
                    61,
                    file.records()
                            .page(new Records.Page(Long.MAX_VALUE, 100, ""))
                            .size());
            assertEquals(20, file.records().corrections("r0").size());
        }
    }

    private static void play(Ledger ledger, String run) {
        try {
            PlayedRuns.play(ledger, run, 1, run, Reason.SUCCEEDED);
        } catch (FotaException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theRulesOfTheLedgerHold() throws Exception {
        open().close();
        assertEquals(
                Reason.USAGE,
                assertThrows(FotaException.class, () -> CorrectionWriter.add(directory, correction("r9", "x")))
                        .reason());
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThrows(FotaException.class, () -> CorrectionWriter.add(empty, correction("r1", "x")));
        assertFalse(Files.exists(empty.resolve("ledger.sqlite")), "no ledger is made");
    }

    @Test
    void aLedgerOfAnotherVersionIsNotTouched() throws Exception {
        open().close();
        try (Handle handle = Jdbi.create(LedgerConnections.writer(directory.resolve("ledger.sqlite")))
                .open()) {
            handle.execute("UPDATE flyway_schema_history SET version = '0'");
        }
        FotaException refused =
                assertThrows(FotaException.class, () -> CorrectionWriter.add(directory, correction("r1", "x")));
        assertEquals(3, refused.reason().exitCode());
        assertTrue(refused.getMessage().contains("older fota-bridge"), refused.getMessage());
        LedgerFile.open(directory.resolve("new"), LedgerSchema.LOCATION, LedgerFileIT.NEXT)
                .close();
        FotaException newer = assertThrows(
                FotaException.class, () -> CorrectionWriter.add(directory.resolve("new"), correction("r1", "x")));
        assertTrue(newer.getMessage().contains("newer fota-bridge"), newer.getMessage());
    }

    @Test
    void theVersionIsThatOfTheNewestMigration() throws Exception {
        open().close();
        try (Handle handle = Jdbi.create(LedgerConnections.writer(directory.resolve("ledger.sqlite")))
                .open()) {
            assertEquals(LedgerSchema.VERSION, LedgerSchema.version(handle));
        }
    }
}
