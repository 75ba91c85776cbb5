package dev.fotabridge.station.hook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.MemoryLedger;
import dev.fotabridge.station.ledger.PlayedRuns;
import dev.fotabridge.station.records.StationRecords;
import dev.fotabridge.station.text.RecordJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A station's hooks: how many at once, in which order, and at its end. */
@Tag("real")
@Timeout(60)
final class HooksIT {
    private static final Map<Integer, String> PLACES = Map.of(1, "pci-0000:00:14.0-usb-0:3.1");

    @TempDir
    Path directory;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<StationRecord> records = new ArrayList<>();
    private Hooks hooks;

    /** The bays 1 to 6 have one record each; the last run had two attempts. */
    @BeforeEach
    void play() throws Exception {
        try (MemoryLedger memory = new MemoryLedger()) {
            Ledger ledger = memory.open(new LockRule(0), new StopRule(0));
            for (int bay = 1; bay <= 5; bay++) {
                PlayedRuns.play(ledger, "r" + bay, bay, "u" + bay, Reason.SUCCEEDED);
            }
            PlayedRuns.playTwice(ledger, "r6", 6, "u6");
            new StationRecords(memory.records()).export(records::add);
        }
        assertEquals(7, records.size());
    }

    @AfterEach
    void close() {
        if (hooks != null) {
            hooks.close();
        }
    }

    private String script(String name, String... lines) throws Exception {
        List<String> all = new ArrayList<>(List.of("#!/bin/sh", "cd '" + directory + "'"));
        all.addAll(List.of(lines));
        Path script = Files.write(directory.resolve(name), all);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private void open(Duration limit, String... programs) throws Exception {
        hooks = Hooks.open(
                Stream.of(programs).map(List::of).toList(),
                PLACES,
                directory.resolve("hooks"),
                (bay, sentence) -> failures.add(bay + " " + sentence),
                limit);
    }

    private long begun() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("begun-"))
                    .count();
        }
    }

    @Test
    void aHookGetsTheRecordOfTheApiAndThePlaceOfItsBay() throws Exception {
        open(HookProcess.LIMIT, script("hook", "cat > record"));
        hooks.attemptStored(records.get(0));
        hooks.close();
        assertEquals(List.of(), failures);
        String record = RecordJson.of(records.get(0));
        assertEquals(
                record.substring(0, record.length() - 1) + ",\"place\":\"" + PLACES.get(1) + "\"}\n",
                Files.readString(directory.resolve("record")));
    }

    @Test
    void anAttemptAfterWhichItsRunGoesOnIsNotTold() throws Exception {
        open(HookProcess.LIMIT, script("hook", "echo x >> begun-$$"));
        records.stream().filter(record -> !record.isFinal()).forEach(hooks::attemptStored);
        hooks.close();
        assertEquals(0, begun());
    }

    @Test
    void fourAreAtWorkAtOnce() throws Exception {
        open(HookProcess.LIMIT, script("hook", "echo > begun-$$", "while [ ! -e go ]; do sleep 0.02; done"));
        records.forEach(hooks::attemptStored);
        await().atMost(10, TimeUnit.SECONDS).until(() -> begun() >= Hooks.AT_ONCE);
        assertEquals(Hooks.AT_ONCE, begun());
        Files.createFile(directory.resolve("go"));
        hooks.close();
        assertEquals(6, begun());
        assertEquals(List.of(), failures);
    }

    @Test
    void thoseOfABayAreAtWorkOneAfterTheOther() throws Exception {
        open(HookProcess.LIMIT, script("hook", "mkdir alone || exit 9", "sleep 0.1", "rmdir alone", "echo > begun-$$"));
        for (int i = 0; i < 4; i++) {
            hooks.attemptStored(records.get(0));
        }
        hooks.close();
        assertEquals(List.of(), failures);
        assertEquals(4, begun());
    }

    @Test
    void anotherHookRunsAfterOneThatFails() throws Exception {
        open(HookProcess.LIMIT, script("lamp", "echo lamp >> order; exit 2"), script("label", "echo label >> order"));
        hooks.attemptStored(records.get(0));
        hooks.close();
        assertEquals("lamp\nlabel\n", Files.readString(directory.resolve("order")));
        assertEquals(List.of("1 The hook " + directory.resolve("lamp") + " failed with exit code 2."), failures);
    }

    @Test
    void noMoreWaitThanTheMostAndThatIsSaid() throws Exception {
        open(Duration.ofSeconds(1), script("hook", "exec sleep 1000"));
        for (int i = 0; i < Hooks.MOST_WAITING + Hooks.AT_ONCE + 1; i++) {
            hooks.attemptStored(records.get(0));
        }
        String full = "1 The hook " + directory.resolve("hook") + " was not started: 1024 wait already.";
        assertTrue(failures.contains(full), failures::toString);
        hooks.close();
        String ends = "1 The hook " + directory.resolve("hook") + " was not started: the station ends.";
        assertTrue(failures.contains(ends), "what waited is said");
    }

    @Test
    void theEndWaitsForHooksAndThenEndsThem() throws Exception {
        open(HookProcess.LIMIT, script("hook", "echo > begun-$$", "sleep 0.5", "echo > done"));
        hooks.attemptStored(records.get(0));
        hooks.close();
        assertTrue(Files.exists(directory.resolve("done")), "waited for");
        assertEquals(List.of(), failures);
        hooks.close();

        Files.delete(directory.resolve("done"));
        open(Duration.ofSeconds(1), script("hook", "sleep 1000"));
        hooks.attemptStored(records.get(0));
        hooks.attemptStored(records.get(0));
        long before = System.nanoTime();
        hooks.close();
        assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(8));
        assertEquals(2, failures.size(), failures::toString);
        assertFalse(Files.exists(directory.resolve("done")));
    }

    @Test
    void whatAKilledStationLeftIsRemoved() throws Exception {
        Path left = Files.createDirectory(directory.resolve("hooks")).resolve("record-1.json");
        Files.writeString(left, "{}");
        open(HookProcess.LIMIT, script("hook", "exit 0"));
        assertFalse(Files.exists(left));
    }

    @Test
    void withoutHooksNothingIsMade() throws Exception {
        open(HookProcess.LIMIT);
        hooks.attemptStored(records.get(0));
        hooks.close();
        assertEquals(List.of(), failures);
        assertFalse(Files.exists(directory.resolve("hooks")));
    }
}
