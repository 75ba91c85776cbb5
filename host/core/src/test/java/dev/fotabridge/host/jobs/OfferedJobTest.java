package dev.fotabridge.host.jobs;

import static dev.fotabridge.host.jobs.AgentRig.PREFIX;
import static dev.fotabridge.host.jobs.AgentRig.execution;
import static dev.fotabridge.host.jobs.AgentRig.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.JobOffered;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that is offered for long before it is taken, and ends of jobs that are not offered any more. */
final class OfferedJobTest {
    private static final ExecutionId JOB = new ExecutionId("job-1", 1, 100);
    private static final String QUEUED = execution("job-1", "QUEUED", 1);
    private static final FinalState SUCCEEDED = new FinalState(
            JOB, JobStatus.SUCCEEDED, StatusDetails.builder().phase("done").build(), 0);

    @Test
    void whatIsOfferedIsNotTakenUntilAwsHasDescribedIt() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        assertFalse(rig.agent.isTaken(JOB));
        rig.report("ONE");
        rig.accept(2);
        assertTrue(rig.asksWhichExecution());
        assertFalse(rig.agent.isTaken(JOB), "it may be one that was made anew");
        rig.describe(execution("job-1", "IN_PROGRESS", 2));
        assertTrue(rig.agent.isTaken(JOB));
        assertFalse(rig.agent.isTaken(new ExecutionId("job-1", 1, 200)));
    }

    @ParameterizedTest
    @CsvSource({"CANCELED, JOB_CANCELED", "TIMED_OUT, JOB_TIMED_OUT", "REMOVED, JOB_DELETED", "FAILED, JOB_TAKEN_OVER"})
    void oneThatEndsWhileItIsOfferedIsGone(String status, Reason reason) throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.message("notify", "{\"jobs\":{}}");
        assertTrue(rig.asksWhichExecution());
        rig.describe(execution("job-1", status, 1));
        JobGone gone = assertInstanceOf(JobGone.class, rig.lastEvent());
        assertEquals(JOB, gone.id());
        assertEquals(reason, gone.reason());
        assertEquals(0, rig.updateCount(), "nothing was said of it");
        assertEquals(PREFIX + "$next/get", rig.last().topic());
        rig.answerHead(execution("job-2", "QUEUED", 1));
        assertEquals(
                "job-2",
                assertInstanceOf(JobOffered.class, rig.lastEvent())
                        .execution()
                        .id()
                        .jobId());
    }

    @Test
    void oneWhoseEndAwsDoesNotNameIsGone() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.message("notify", "{\"jobs\":{}}");
        refuseTheQuestion(rig, "TerminalStateReached");
        assertEquals(
                Reason.JOB_CANCELED,
                assertInstanceOf(JobGone.class, rig.lastEvent()).reason());
    }

    private static void refuseTheQuestion(AgentRig rig, String code) {
        assertTrue(rig.asksWhichExecution());
        rig.message("job-1/get/rejected", "{\"code\":\"" + code + "\",\"clientToken\":\"" + rig.token() + "\"}");
    }

    /** It is to be taken already: AWS's refusal of that names the end. */
    @Test
    void oneThatEndsBeforeItIsTakenIsGoneByTheEndThatItHas() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.message("notify", "{\"jobs\":{}}");
        rig.report("ONE");
        refuseTheQuestion(rig, "TerminalStateReached");
        assertFalse(rig.events.stream().anyMatch(JobGone.class::isInstance));
        rig.refuse("TerminalStateReached", state("TIMED_OUT", 2, "me"));
        assertEquals(
                Reason.JOB_TIMED_OUT,
                assertInstanceOf(JobGone.class, rig.lastEvent()).reason());
    }

    @Test
    void anotherOneAtTheHeadRaisesTheQuestionOnce() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.message("notify-next", "{\"execution\":" + execution("job-2", "QUEUED", 1) + "}");
        assertTrue(rig.asksWhichExecution());
        rig.describe(QUEUED);
        int asked = rig.published.size();
        rig.pass(AgentRig.SECOND);
        assertEquals(asked, rig.published.size());
        assertFalse(rig.events.stream().anyMatch(JobGone.class::isInstance));
    }

    @Test
    void oneThatIsGoneAtTheNextConnectionIsTold() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.agent.disconnected();
        rig.online(null);
        refuseTheQuestion(rig, "ResourceNotFound");
        assertEquals(
                Reason.JOB_DELETED,
                assertInstanceOf(JobGone.class, rig.lastEvent()).reason());
    }

    @Test
    void anEndThatItsCallerKeptIsToldAfterAws() throws Exception {
        AgentRig rig = new AgentRig().online(null);
        rig.agent.tell(SUCCEEDED, rig.now);
        rig.drain();
        assertTrue(rig.asksWhichExecution());
        rig.describe(execution("job-1", "IN_PROGRESS", 5));
        assertEquals("SUCCEEDED", rig.lastBody().get("status").asText());
        assertEquals(5, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(6, "SUCCEEDED");
        assertTrue(rig.events.contains(new UpdateAccepted(JOB, JobStatus.SUCCEEDED)));
        assertTrue(rig.store.kept.isEmpty());
    }

    @Test
    void theSameEndAtAwsCountsAsTaken() throws Exception {
        AgentRig rig = new AgentRig().online(null);
        rig.agent.tell(SUCCEEDED, rig.now);
        rig.drain();
        rig.describe(execution("job-1", "SUCCEEDED", 6));
        rig.refuse("TerminalStateReached", state("SUCCEEDED", 6, "earlier"));
        assertTrue(rig.events.contains(new UpdateAccepted(JOB, JobStatus.SUCCEEDED)));
    }

    /** The board has proven its image, and the job was cancelled before that was told. */
    @Test
    void anEndOfAJobThatWasCancelledIsAnswered() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.report("ONE");
        rig.accept(2);
        rig.describe(execution("job-1", "IN_PROGRESS", 2));
        rig.report("TWO");
        rig.refuse("TerminalStateReached", state("CANCELED", 3, "me"));
        assertEquals(1, rig.events.stream().filter(JobGone.class::isInstance).count());
        rig.answerHead(null);
        rig.agent.tell(SUCCEEDED, rig.now);
        rig.drain();
        rig.describe(execution("job-1", "CANCELED", 3));
        rig.refuse("TerminalStateReached", state("CANCELED", 3, "me"));
        assertEquals(2, rig.events.stream().filter(JobGone.class::isInstance).count());
        assertTrue(rig.store.kept.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEndIsNotForTheJobMadeAnewUnderItsName(boolean offered) throws Exception {
        String anew = QUEUED.replace("\"queuedAt\":100", "\"queuedAt\":200");
        AgentRig rig = new AgentRig().online(offered ? anew : null);
        rig.agent.tell(SUCCEEDED, rig.now);
        rig.drain();
        rig.describe(anew);
        assertTrue(rig.events.stream()
                .anyMatch(event -> event instanceof JobGone gone && gone.id().equals(JOB)));
        assertEquals(0, rig.updateCount());
    }

    @Test
    void theEndOfTheOfferedOneIsToldAsAnyOther() throws Exception {
        AgentRig rig = new AgentRig().online(execution("job-1", "IN_PROGRESS", 4));
        rig.agent.tell(SUCCEEDED, rig.now);
        rig.drain();
        assertEquals("SUCCEEDED", rig.lastBody().get("status").asText());
        assertEquals(4, rig.lastBody().get("expectedVersion").asInt());
    }
}
