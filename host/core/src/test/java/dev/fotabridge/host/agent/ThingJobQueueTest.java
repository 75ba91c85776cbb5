package dev.fotabridge.host.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobOffer;
import dev.fotabridge.host.api.JobProgress;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A thing's queue at the emulator's Jobs service, in virtual time. */
final class ThingJobQueueTest {
    private static final long SECOND = 1_000_000_000L;

    private final QueueRig rig = new QueueRig();
    private ThingJobQueue queue;

    private ExecutionKey offered() {
        return rig.last(JobQueueEvent.Offered.class).offer().execution();
    }

    private ExecutionKey taken() throws Exception {
        rig.create("job-1");
        queue = rig.start();
        ExecutionKey key = offered();
        queue.take(key, progress(Phase.CONNECT, 0), rig.now());
        rig.pass(0);
        assertEquals(key, rig.last(JobQueueEvent.Taken.class).execution());
        return key;
    }

    private static JobProgress progress(Phase phase, int percent) {
        return new JobProgress(phase, percent, 0, 1, "1.0.0", "2.0.0", "");
    }

    private static JobEnd end(ExecutionKey key, AtAws intended) {
        Reason reason = intended == AtAws.SUCCEEDED ? Reason.SUCCEEDED : Reason.LINK_LOST;
        return new JobEnd(key, intended, reason, "It ended at /dev/ttyACM0.", "1.0.0", "2.0.0", "", 4.25);
    }

    private void finish(JobEnd end) {
        queue.finish(end, rig.now());
        rig.pass(0);
    }

    private ExecutionStatus status() throws Exception {
        return rig.execution("job-1").status();
    }

    @Test
    void anOfferedJobIsNotTaken() throws Exception {
        rig.create("job-1");
        rig.start();
        JobOffer offer = rig.last(JobQueueEvent.Offered.class).offer();
        assertEquals("job-1", offer.execution().jobId());
        assertFalse(offer.isBegun());
        rig.pass(3600 * SECOND);
        assertEquals(ExecutionStatus.QUEUED, status());
        assertTrue(rig.published.stream().noneMatch(text -> text.contains("IN_PROGRESS")));
    }

    @Test
    void theDocumentsFactsAreTold() throws Exception {
        rig.create("job-1");
        rig.start();
        assertTrue(rig.last(JobQueueEvent.Offered.class).offer().facts().isPresent());
        rig.cancel("job-1");
        rig.create("job-2", "nonsense");
        rig.pass(0);
        assertEquals("job-2", offered().jobId());
        assertTrue(rig.last(JobQueueEvent.Offered.class).offer().facts().isEmpty());
    }

    @Test
    void aBadDocumentIsSaidWhenItsImageIsWanted() throws Exception {
        rig.create("job-1", "nonsense");
        queue = rig.start();
        queue.fetch(offered(), options());
        rig.pass(0);
        assertEquals(
                Reason.BAD_DOCUMENT, rig.last(JobQueueEvent.NotFetched.class).reason());
        assertEquals(ExecutionStatus.QUEUED, status());
    }

    @Test
    void anImageOfAJobThatIsNotOfferedIsRefused() {
        queue = rig.start();
        queue.fetch(new ExecutionKey("job-9", 1, 1), options());
        rig.pass(0);
        assertEquals(Reason.NO_JOB, rig.last(JobQueueEvent.NotFetched.class).reason());
    }

    private static UpdateOptions options() {
        return new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());
    }

    @Test
    void takingItTwiceTakesItOnce() throws Exception {
        ExecutionKey key = taken();
        queue.take(key, progress(Phase.CONNECT, 0), rig.now());
        rig.pass(0);
        assertEquals(2, rig.all(JobQueueEvent.Taken.class).size());
        assertEquals(ExecutionStatus.IN_PROGRESS, status());
    }

    @Test
    void progressRenewsTheTimer() throws Exception {
        ExecutionKey key = taken();
        for (int i = 1; i <= 4; i++) {
            rig.pass(40 * 60 * SECOND);
            queue.report(key, progress(Phase.TRANSFER, 20 * i), rig.now());
            rig.pass(0);
        }
        assertEquals(ExecutionStatus.IN_PROGRESS, status());
        assertEquals("80", rig.execution("job-1").statusDetails().get("progress"));
        rig.pass(61 * 60 * SECOND);
        assertEquals(Reason.JOB_TIMED_OUT, rig.last(JobQueueEvent.Gone.class).reason());
    }

    @Test
    void smallProgressIsNotTold() throws Exception {
        ExecutionKey key = taken();
        int before = rig.published.size();
        for (int percent = 0; percent < 10; percent++) {
            queue.report(key, progress(Phase.CONNECT, percent), rig.now());
        }
        rig.pass(0);
        assertEquals(before, rig.published.size());
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "REJECTED"})
    void anEndIsAnswered(AtAws intended) throws Exception {
        finish(end(taken(), intended));
        JobQueueEvent.Answered answered = rig.last(JobQueueEvent.Answered.class);
        assertEquals(Optional.of(intended.name()), answered.answer().answered());
        assertTrue(answered.answer().problem().isEmpty());
        Map<String, String> details = rig.execution("job-1").statusDetails();
        assertEquals(intended.name(), status().name());
        assertEquals("It ended at ttyACM0.", details.get("message"));
        assertEquals("4.3", details.get("seconds"));
        assertEquals("2.0.0", details.get("to"));
    }

    @Test
    void anEndBeforeItWasTakenTakesItFirst() throws Exception {
        rig.create("job-1");
        queue = rig.start();
        finish(end(offered(), AtAws.REJECTED));
        assertEquals(ExecutionStatus.REJECTED, status());
        assertEquals(1, rig.all(JobQueueEvent.Answered.class).size());
    }

    @Test
    void theNextJobIsOfferedBehindAnEnd() throws Exception {
        ExecutionKey key = taken();
        rig.create("job-2");
        finish(end(key, AtAws.SUCCEEDED));
        assertEquals("job-2", offered().jobId());
    }

    @Test
    void aJobCancelledWhileItIsOfferedIsGone() throws Exception {
        rig.create("job-1");
        queue = rig.start();
        rig.cancel("job-1");
        rig.pass(0);
        assertEquals(Reason.JOB_CANCELED, rig.last(JobQueueEvent.Gone.class).reason());
    }

    @Test
    void aJobCancelledWhileItIsTakenIsGone() throws Exception {
        taken();
        rig.cancel("job-1");
        rig.pass(0);
        assertEquals(Reason.JOB_CANCELED, rig.last(JobQueueEvent.Gone.class).reason());
    }

    /** The board has proven its image: the end is told all the same, and the answer says why it was not taken. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobCancelledBeforeItsEndWasToldIsAnswered(boolean wasTold) throws Exception {
        ExecutionKey key = taken();
        if (!wasTold) {
            rig.goAway();
        }
        rig.cancel("job-1");
        rig.pass(0);
        finish(end(key, AtAws.SUCCEEDED));
        rig.comeBack();
        JobQueueEvent.Answered answered = rig.last(JobQueueEvent.Answered.class);
        assertEquals(Optional.of("CANCELED"), answered.answer().answered());
        assertEquals(
                Reason.JOB_CANCELED, answered.answer().problem().orElseThrow().reason());
        assertEquals(wasTold ? 1 : 0, rig.all(JobQueueEvent.Gone.class).size());
    }

    @Test
    void anEndIsNotGivenToAJobMadeAnewUnderItsName() throws Exception {
        ExecutionKey key = taken();
        rig.goAway();
        finish(end(key, AtAws.SUCCEEDED));
        rig.delete("job-1");
        rig.pass(2 * SECOND);
        rig.create("job-1");
        rig.comeBack();
        assertEquals(ExecutionStatus.QUEUED, status());
        JobQueueEvent.Answered answered = rig.last(JobQueueEvent.Answered.class);
        assertEquals(key, answered.execution());
        assertEquals(
                Reason.JOB_DELETED, answered.answer().problem().orElseThrow().reason());
        assertEquals("job-1", offered().jobId());
        assertTrue(offered().queuedAt() > key.queuedAt());
    }

    @Test
    void anEndWaitsForAwsAnHour() throws Exception {
        ExecutionKey key = taken();
        rig.goAway();
        finish(end(key, AtAws.FAILED));
        rig.pass(3600 * SECOND - 70 * SECOND);
        assertEquals(0, rig.all(JobQueueEvent.Answered.class).size());
        assertTrue(rig.all(JobQueueEvent.Disconnected.class).size() > 50);
        rig.comeBack();
        // Its step timer was running out meanwhile; whoever was first is what AWS says.
        assertEquals(1, rig.all(JobQueueEvent.Answered.class).size());
    }

    @Test
    void anEndLeftByAnEarlierLifeIsToldOnce() throws Exception {
        ExecutionKey key = taken();
        rig.events.clear();
        queue = rig.start(end(key, AtAws.SUCCEEDED));
        assertEquals(1, rig.all(JobQueueEvent.Answered.class).size());
        assertEquals(0, rig.all(JobQueueEvent.Offered.class).size(), "what has an end is not offered again");
        assertEquals(ExecutionStatus.SUCCEEDED, status());
    }

    /** AWS has taken the end, and its answer was lost with the process. */
    @Test
    void theSameEndToldTwiceCountsAsTaken() throws Exception {
        ExecutionKey key = taken();
        rig.loseReplies(true);
        finish(end(key, AtAws.SUCCEEDED));
        assertEquals(ExecutionStatus.SUCCEEDED, status());
        rig.loseReplies(false);
        rig.events.clear();
        queue = rig.start(end(key, AtAws.SUCCEEDED));
        JobQueueEvent.Answered answered = rig.last(JobQueueEvent.Answered.class);
        assertTrue(answered.answer().problem().isEmpty());
    }

    /** A run that was cut off: AWS still has the execution IN_PROGRESS, and it goes on. */
    @Test
    void whatAnEarlierLifeHadTakenIsOfferedAgain() throws Exception {
        ExecutionKey key = taken();
        rig.events.clear();
        queue = rig.start();
        JobOffer offer = rig.last(JobQueueEvent.Offered.class).offer();
        assertEquals(key, offer.execution());
        assertTrue(offer.isBegun());
    }

    @Test
    void takenWhileAwsIsAwayItIsTakenLater() throws Exception {
        rig.create("job-1");
        queue = rig.start();
        rig.goAway();
        queue.take(offered(), progress(Phase.CONNECT, 0), rig.now());
        rig.pass(30 * SECOND);
        assertEquals(0, rig.all(JobQueueEvent.Taken.class).size());
        rig.comeBack();
        assertEquals(1, rig.all(JobQueueEvent.Taken.class).size());
    }

    @Test
    void cancelledInsteadOfTakenItIsGone() throws Exception {
        rig.create("job-1");
        queue = rig.start();
        rig.goAway();
        queue.take(offered(), progress(Phase.CONNECT, 0), rig.now());
        rig.cancel("job-1");
        rig.comeBack();
        assertEquals(Reason.JOB_CANCELED, rig.last(JobQueueEvent.Gone.class).reason());
        assertEquals(0, rig.all(JobQueueEvent.Taken.class).size());
    }
}
