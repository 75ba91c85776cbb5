package dev.fotabridge.host.agent;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.ThingJobs.Until;
import dev.fotabridge.host.bay.JournalStore;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.jobs.StatusDetails;
import dev.fotabridge.host.update.UpdateJournal;
import dev.fotabridge.host.value.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done to a board can be taken back until AWS has taken the end of its job. */
final class EndsWithJournalTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ExecutionId JOB = new ExecutionId("job-1", 1, 100);
    private static final FinalState END = new FinalState(JOB, JobStatus.SUCCEEDED, StatusDetails.none(), 2);

    @TempDir
    Path directory;

    private JournalStore journals;
    private EndsWithJournal ends;

    @BeforeEach
    void anUpdateHasEnded() throws FotaException {
        journals = new JournalStore(directory.resolve("journal.json"));
        ends = new EndsWithJournal(new FileOutboxStore(directory.resolve("outbox")), journals);
        journals.save(journalOf(JOB));
        ends.save(END);
    }

    private static UpdateJournal journalOf(ExecutionId id) {
        Sha256 hash = Sha256.parse("ab".repeat(32));
        return new UpdateJournal(id.journalName(), hash, hash, UpdateJournal.Stage.MARKED, "00112233", 1, 3, "1.0.0");
    }

    @Test
    void anEndThatWaitsKeepsTheJournal() throws FotaException {
        assertFalse(journals.load().isEmpty());
        EarlierEnds earlier = new EarlierEnds(ends.load(), journals.load(), 0);
        assertTrue(
                earlier.concernTheBoard(),
                "nothing is begun on the board before AWS has said whether it takes the end");
        earlier.take(JOB);
        assertFalse(earlier.concernTheBoard());
    }

    @Test
    void anEndThatAwsHasTakenNeedsNoJournal() throws FotaException {
        ends.taken(JOB);
        assertTrue(journals.load().isEmpty());
        assertTrue(ends.load().isEmpty());
    }

    @Test
    void anEndThatAwsDoesNotTakeLeavesTheJournalToTakeBack() throws FotaException {
        ends.remove(JOB);
        assertFalse(journals.load().isEmpty());
        assertTrue(ends.load().isEmpty());
    }

    @Test
    void theJournalOfAnotherExecutionStays() throws FotaException {
        UpdateJournal next = journalOf(new ExecutionId("job-1", 1, 200));
        journals.save(next);
        ends.taken(JOB);
        assertEquals(next, journals.load().get(0));
        assertFalse(new EarlierEnds(List.of(END), journals.load(), 0).concernTheBoard());
    }

    @Test
    void onceDoesNotWaitForEverForAwsToTakeAnEarlierEnd() {
        AgentTask task = new AgentTask("dk-1", "the cloud", Until.ONE_JOB);
        CloudPatience patience = new CloudPatience(task, Optional.of(Duration.ofSeconds(20)), 0);
        assertDoesNotThrow(() -> patience.requireReported(true, 20 * SECOND - 1));
        assertDoesNotThrow(() -> patience.requireReported(false, 2_000 * SECOND));
        FotaException over = assertThrows(FotaException.class, () -> patience.requireReported(true, 20 * SECOND));
        assertEquals(Reason.CLOUD_UNREACHABLE, over.reason());
    }
}
