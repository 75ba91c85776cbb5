package dev.fotabridge.host.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.agent.FileOutboxStore;
import dev.fotabridge.host.api.Claim;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.jobs.StatusDetails;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.store.ProcessLock;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.update.UpdateJournal;
import dev.fotabridge.host.value.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is kept over restarts. */
final class StateFilesTest {
    private static final Sha256 HASH = Sha256.over(ByteBuffer.allocate(1));
    private static final UpdateJournal JOURNAL =
            new UpdateJournal("job a 1 2", HASH, HASH, UpdateJournal.Stage.MARKING, "0011223344556677", 1, 7, "1.0.0");

    @TempDir
    Path directory;

    private JournalStore journals() {
        return new JournalStore(directory.resolve("journal").resolve("bay.json"));
    }

    @Test
    void theStateLiesWhereTheEnvironmentSays() throws Exception {
        Map<String, String> home = Map.of("HOME", "/h", "XDG_STATE_HOME", "");

        assertEquals(
                Path.of("/x/fota-bridge"),
                StateDirectory.standard(Map.of("HOME", "/h", "XDG_STATE_HOME", "/x"))
                        .root());
        assertEquals(
                Path.of("/h/.local/state/fota-bridge"),
                StateDirectory.standard(home).root());
    }

    @Test
    void whatDependsOnTheCurrentDirectoryIsNoHome() {
        Path known = Path.of("/known");
        assertEquals(Optional.of(known), StateDirectory.home(Map.of(), "/known"));
        assertEquals(Optional.of(known), StateDirectory.home(Map.of("HOME", ""), "/known"));
        assertEquals(Optional.of(known), StateDirectory.home(Map.of("HOME", "relative"), "/known"));
        assertEquals(Optional.empty(), StateDirectory.home(Map.of(), "?"), "Java's word for unknown");
    }

    @Test
    void everyNameHasAFileNameThatFitsAndIsItsOwn() {
        String colons = ":".repeat(128);
        List<String> names = List.of(
                colons,
                ":".repeat(127),
                colons + "-",
                "port /dev/serial/by-id/" + "x".repeat(4_000),
                "port /dev/serial/by-id/" + "x".repeat(4_001),
                "\u00f6".repeat(200),
                "dk-1",
                "DK-1",
                "Dk-1",
                "dK-1",
                "dk-1~" + "0".repeat(32));
        Set<String> files = new HashSet<>();
        for (String name : names) {
            String file = StateDirectory.fileName(name);
            assertTrue(file.length() <= 113 && file.matches("[A-Za-z0-9_%~-]+"), file);
            assertTrue(
                    files.add(file.toLowerCase(Locale.ROOT)), () -> file + " is there twice where case does not count");
        }
        assertEquals("dk-1", StateDirectory.fileName("dk-1"));
    }

    @Test
    void aJournalComesBackAsItWasKept() throws Exception {
        journals().save(JOURNAL);

        assertEquals(List.of(JOURNAL), journals().load());
    }

    private static UpdateJournal of(String unit) {
        return JOURNAL.of(new BoardIdentity(unit, ""));
    }

    /** A journal is used for its own board alone, and stays for it while others are updated at its place. */
    @Test
    void eachBoardOfAPlaceHasItsOwnJournal() throws Exception {
        JournalStore store = journals();
        store.save(of("AAAA"));
        store.save(of("BBBB"));
        store.save(of("BBBB").withDurablePages(8));
        assertEquals(
                List.of(of("BBBB").withDurablePages(8), of("AAAA")), journals().load());

        store.remove(Optional.of(of("BBBB")));
        assertEquals(List.of(of("AAAA")), journals().load());
        store.remove(Optional.of(of("CCCC")));
        assertEquals(List.of(of("AAAA")), journals().load());
    }

    @Test
    void boardsThatNeverComeBackDoNotFillTheDisk() throws Exception {
        JournalStore store = journals();
        for (int i = 0; i < 2 * JournalStore.MAX_KEPT; i++) {
            store.save(of("unit " + i));
        }

        List<UpdateJournal> kept = journals().load();
        assertEquals(JournalStore.MAX_KEPT, kept.size());
        assertEquals(of("unit " + (2 * JournalStore.MAX_KEPT - 1)), kept.get(0));
    }

    @Test
    void pagesOfOneBoardSayNothingOfAnothers() throws Exception {
        JournalStore store = journals();
        store.save(of("AAAA"));
        store.save(of("BBBB"));
        store.noteDurable(9);

        assertEquals(
                List.of(9, 7),
                journals().load().stream().map(UpdateJournal::durablePages).toList());
    }

    /** As versions before the journal named its board wrote it. */
    @Test
    void aJournalOfAnOlderVersionIsReadAndNamesNoBoard() throws Exception {
        String hashes = "\"imageHash\" : \"" + HASH.hex() + "\", \"fileSha256\" : \"" + HASH.hex() + "\"";
        String older = "{ \"execution\" : \"job a 1 2\", " + hashes + ", \"stage\" : \"MARKED\", \"bootId\" : "
                + "\"0011223344556677\", \"attempt\" : 1, \"durablePages\" : 7, \"from\" : \"1.0.0\" }";
        Files.createDirectories(directory.resolve("journal"));
        Files.writeString(directory.resolve("journal").resolve("bay.json"), older);

        JournalStore store = journals();
        assertEquals(Optional.empty(), store.load().get(0).board());
        store.save(of("AAAA"));
        assertEquals(List.of(of("AAAA")), journals().load(), "it has gone on as this board's");
    }

    @Test
    void theCountOfDurablePagesIsKeptBesideIt() throws Exception {
        JournalStore store = journals();
        store.save(JOURNAL);
        store.noteDurable(9);

        assertEquals(9, journals().load().get(0).durablePages());
    }

    @Test
    void aCountOfAnotherExecutionSaysNothing() throws Exception {
        journals().save(JOURNAL);
        Files.writeString(directory.resolve("journal").resolve("bay.json.durable"), "99 job b 1 2");

        assertEquals(7, journals().load().get(0).durablePages());
    }

    @Test
    void aDamagedJournalCountsAsNone() throws Exception {
        journals().save(JOURNAL);
        for (String damaged : List.of("", "{", "[]", "{\"execution\":\"x\"}", "null")) {
            Files.writeString(directory.resolve("journal").resolve("bay.json"), damaged);
            assertEquals(List.of(), journals().load(), damaged);
        }
    }

    @Test
    void aRemovedJournalIsGone() throws Exception {
        JournalStore store = journals();
        store.save(JOURNAL);
        store.remove(Optional.of(JOURNAL));

        assertEquals(List.of(), journals().load());
    }

    @Test
    void finalStatesWaitInTheOrderOfTheirJobs() throws Exception {
        FileOutboxStore store = new FileOutboxStore(directory.resolve("outbox"));
        FinalState late = state("a", 200);
        FinalState early = state("b", 100);
        store.save(late);
        store.save(early);
        assertEquals(List.of(early, late), new FileOutboxStore(directory.resolve("outbox")).load());

        store.remove(early.id());
        assertEquals(List.of(late), store.load());
    }

    private static FinalState state(String job, long queuedAt) {
        StatusDetails details = StatusDetails.builder().reason("REVERTED").build();
        return new FinalState(new ExecutionId(job, 1, queuedAt), JobStatus.FAILED, details, 3);
    }

    @Test
    void aDirectoryThatCannotBeIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        JournalStore store = new JournalStore(file.resolve("journal.json"));

        FotaException refused = assertThrows(FotaException.class, () -> store.save(JOURNAL));
        assertEquals(Reason.STORAGE_UNWRITABLE, refused.reason());
        assertTrue(refused.getMessage().contains("journal.json"), refused.getMessage());
    }

    /** Another user's journal of a megabyte, or a pipe, must not end every job from now on. */
    @Test
    void aJournalOrAnEndThatIsTooLargeCountsAsNone() throws Exception {
        journals().save(JOURNAL);
        Files.write(directory.resolve("journal").resolve("bay.json"), new byte[2 << 20]);
        assertEquals(List.of(), journals().load());

        FileOutboxStore store = new FileOutboxStore(directory.resolve("outbox"));
        store.save(state("a", 100));
        Files.write(directory.resolve("outbox").resolve("0-b-1.json"), new byte[2 << 20]);
        assertEquals(List.of(state("a", 100)), store.load());
    }

    @Test
    void twoNamesNeverMeetInOneFile() {
        assertNotEquals(StateDirectory.fileName("a/b"), StateDirectory.fileName("a_b"));
        assertNotEquals(StateDirectory.fileName("a:b"), StateDirectory.fileName("a%003ab"));
        assertTrue(StateDirectory.fileName("../x").matches("[A-Za-z0-9_%-]+"));
    }

    @Test
    void aClaimThatIsTakenNamesItsHolderInOneLine() throws FotaException {
        String name = "claim of " + directory;
        Claim claim = FotaBridge.claim(name, "BootTest\nsince noon").claim().orElseThrow();
        Claim.Attempt taken = FotaBridge.claim(name, "another");
        assertTrue(taken.claim().isEmpty());
        assertEquals(ProcessHandle.current().pid() + " BootTest?since noon", taken.holder());
        claim.close();
        FotaBridge.claim(name, "another").claim().orElseThrow().close();
    }

    @Test
    void aLockIsForOneAndIsFreedByClose() throws Exception {
        String name = "test " + directory;
        ProcessLock lock = ProcessLock.acquire(name, Reason.PORT_BUSY, "The port");
        FotaException busy =
                assertThrows(FotaException.class, () -> ProcessLock.acquire(name, Reason.PORT_BUSY, "The port"));
        assertEquals(Reason.PORT_BUSY, busy.reason());
        assertTrue(busy.getMessage().contains("" + ProcessHandle.current().pid()), busy.getMessage());

        lock.close();
        ProcessLock.acquire(name, Reason.PORT_BUSY, "The port").close();
    }

    @Test
    void aLockOfLongAgoIsDeletedByWhoTakesAnother() throws Exception {
        ProcessLock.acquire("old " + directory, Reason.PORT_BUSY, "The port").close();
        Path locks = Path.of(System.getProperty("java.io.tmpdir"), "fota-bridge-locks");
        Path old = locks.resolve(StateDirectory.fileName("old " + directory) + ".lock");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(3))));

        ProcessLock.acquire("new " + directory, Reason.PORT_BUSY, "The port").close();
        assertFalse(Files.exists(old));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void allUsersShareTheLocksButNobodyCanReplaceThem() throws Exception {
        String name = "test " + directory;
        ProcessLock.acquire(name, Reason.PORT_BUSY, "The port").close();
        Path locks = Path.of(System.getProperty("java.io.tmpdir"), "fota-bridge-locks");
        Path lock = locks.resolve(StateDirectory.fileName(name) + ".lock");

        assertEquals(01777, (int) Files.getAttribute(locks, "unix:mode") & 07777);
        assertEquals(0666, (int) Files.getAttribute(lock, "unix:mode") & 07777);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLockThatIsALinkIsNotFollowed() throws Exception {
        String name = "linked " + directory;
        ProcessLock.acquire(name, Reason.PORT_BUSY, "The port").close();
        Path locks = Path.of(System.getProperty("java.io.tmpdir"), "fota-bridge-locks");
        Path lock = locks.resolve(StateDirectory.fileName(name) + ".lock");
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Files.delete(lock);
        Files.createSymbolicLink(lock, victim);
        try {
            assertThrows(FotaException.class, () -> ProcessLock.acquire(name, Reason.PORT_BUSY, "The port"));
            assertEquals("precious", Files.readString(victim));
        } finally {
            Files.delete(lock);
        }
    }
}
