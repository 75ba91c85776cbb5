package dev.fotabridge.host.jobs;

import static dev.fotabridge.host.jobs.AgentRig.PREFIX;
import static dev.fotabridge.host.jobs.AgentRig.SECOND;
import static dev.fotabridge.host.jobs.AgentRig.execution;
import static dev.fotabridge.host.jobs.AgentRig.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A job deleted and made anew under its old name has number and version of the old one: what was meant for the old
 * one is told only after AWS has described what it has.
 */
final class JobIdentityTest {
    private static final String QUEUED = execution("job-1", "QUEUED", 1);
    private static final String BEGUN = execution("job-1", "IN_PROGRESS", 2);
    private static final String ANEW = QUEUED.replace("\"queuedAt\":100", "\"queuedAt\":200");
    private static final String OTHER = execution("job-2", "QUEUED", 1);

    /** A run that refused a job before AWS had taken any report of it, and died. */
    private AgentRig.MemoryStore left;

    @BeforeEach
    void refuseAndDie() throws Exception {
        AgentRig earlier = new AgentRig().online(QUEUED);
        earlier.finish(JobStatus.REJECTED);
        left = earlier.store;
        assertEquals(1, left.kept.size());
    }

    @Test
    void anOldRefusalAsksFirst() throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        assertTrue(rig.asksWhichExecution());
        JsonNode body = rig.lastBody();
        assertEquals(1, body.get("executionNumber").asInt());
        assertFalse(body.get("includeJobDocument").asBoolean(), "no URL is signed for it");
        rig.describe(QUEUED);
        assertEquals("IN_PROGRESS", rig.lastBody().get("status").asText());
        assertEquals(1, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(2);
        assertTrue(rig.asksWhichExecution());
        rig.describe(BEGUN);
        assertEquals("REJECTED", rig.lastBody().get("status").asText());
        assertEquals(2, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(3, "REJECTED");
        assertTrue(left.kept.isEmpty());
    }

    /** Made anew between the question and the update, which has taken the new one. */
    @Test
    void whatWasBegunInItsPlaceDoesNotGetTheEnd() throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        rig.describe(QUEUED);
        rig.accept(2);
        rig.describe(BEGUN.replace("\"queuedAt\":100", "\"queuedAt\":200"));
        assertEquals(1, rig.updateCount(), "IN_PROGRESS, which does no harm: it is this host's next job");
        assertEquals(Reason.JOB_DELETED, gone(rig).reason());
        assertTrue(left.kept.isEmpty());
    }

    /** The same at the first report of a job: the end that comes much later is not for the one made anew. */
    @Test
    void aReportThatTookAnotherIsNoticed() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.report("ONE");
        rig.accept(2);
        rig.describe(BEGUN.replace("\"queuedAt\":100", "\"queuedAt\":200"));
        assertEquals(Reason.JOB_DELETED, gone(rig).reason());
        rig.finish(JobStatus.SUCCEEDED);
        assertEquals(1, rig.updateCount());
    }

    @Test
    void anOldRefusalIsNotForTheJobMadeAnew() throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        rig.describe(ANEW);
        assertEquals(0, rig.updateCount());
        assertEquals(Reason.JOB_DELETED, gone(rig).reason());
        assertTrue(left.kept.isEmpty());
    }

    @Test
    void aJobThatIsNoMoreEndsItToo() throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        refuseToDescribe(rig, "ResourceNotFound");
        assertEquals(0, rig.updateCount());
        assertEquals(Reason.JOB_DELETED, gone(rig).reason());
        assertTrue(left.kept.isEmpty());
    }

    @Test
    void theHeadOfTheQueueNeedsNoQuestion() throws Exception {
        AgentRig rig = new AgentRig(left).online(QUEUED);
        assertEquals("IN_PROGRESS", rig.lastBody().get("status").asText());
        AgentRig begun = new AgentRig(left).online(BEGUN);
        assertEquals("REJECTED", begun.lastBody().get("status").asText());
    }

    @Test
    void everyConnectionAsksAnew() throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        rig.describe(QUEUED);
        assertEquals(1, rig.updateCount());
        rig.agent.disconnected();
        rig.online(OTHER);
        rig.describe(ANEW);
        assertEquals(1, rig.updateCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RequestThrottled", "InternalError"})
    void aQuestionThatIsPutOffIsRepeated(String code) throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        int published = rig.published.size();
        refuseToDescribe(rig, code);
        assertEquals(published, rig.published.size());
        rig.pass(SECOND);
        assertTrue(rig.asksWhichExecution());
        assertEquals(published + 1, rig.published.size());
    }

    /** The refusal of the next update says how it ended. */
    @ParameterizedTest
    @CsvSource({"CANCELED, JOB_CANCELED", "FAILED, JOB_TAKEN_OVER", "REJECTED, "})
    void whatIsOverAsksForItsEndWithoutRisk(String status, Reason reason) throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        refuseToDescribe(rig, "TerminalStateReached");
        assertEquals("IN_PROGRESS", rig.lastBody().get("status").asText(), "it may be made anew at this moment");
        rig.refuse("InvalidStateTransition", state(status, 1, "me"));
        if (reason == null) {
            assertEquals(
                    JobStatus.REJECTED,
                    assertInstanceOf(UpdateAccepted.class, rig.lastEvent()).status(),
                    "an earlier run had told it");
        } else {
            assertEquals(reason, gone(rig).reason());
        }
        assertTrue(left.kept.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidRequest", "Other"})
    void whatAwsDoesNotDescribeIsLeftToTheVersion(String code) throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        refuseToDescribe(rig, code);
        assertEquals("IN_PROGRESS", rig.lastBody().get("status").asText());
        assertEquals(1, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(2);
        refuseToDescribe(rig, code);
        assertEquals("REJECTED", rig.lastBody().get("status").asText());
        assertEquals(2, rig.lastBody().get("expectedVersion").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"queuedAt\":100,", "\"executionNumber\":1,"})
    void whatAwsLeavesOutSaysNothingAgainstIt(String part) throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        rig.describe(BEGUN.replace(part, ""));
        assertEquals("REJECTED", rig.lastBody().get("status").asText());
    }

    @Test
    void anotherExecutionNumberIsAnotherExecution() throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        rig.describe(execution("job-1", "QUEUED", 1, 2, ""));
        assertEquals(0, rig.updateCount());
        assertEquals(Reason.JOB_DELETED, gone(rig).reason());
    }

    /** As when the policy does not allow the question: AWS hangs up. */
    @Test
    void aQuestionThatNobodyAnswersIsGivenUp() throws Exception {
        AgentRig rig = new AgentRig(left).online(OTHER);
        leaveUnanswered(rig);
        assertEquals("IN_PROGRESS", rig.lastBody().get("status").asText());
        rig.accept(2);
        leaveUnanswered(rig);
        assertEquals("REJECTED", rig.lastBody().get("status").asText());
        RequestRefused refused = rig.events.stream()
                .filter(RequestRefused.class::isInstance)
                .map(RequestRefused.class::cast)
                .findFirst()
                .orElseThrow();
        assertTrue(refused.sentence().contains("iot:Publish on topic/" + PREFIX + "*/get"), refused::sentence);
    }

    /** The first report takes the job: the one made anew would be flashed with the old one's image. */
    @Test
    void aJobIsNotTakenUnderTheDocumentOfTheOldOne() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.agent.disconnected();
        rig.online(OTHER);
        rig.report("DOWNLOAD");
        assertTrue(rig.asksWhichExecution());
        rig.describe(ANEW);
        assertEquals(0, rig.updateCount());
        assertEquals(Reason.JOB_DELETED, gone(rig).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify", "notify-next"})
    void aChangedQueueRaisesDoubt(String topic) throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.message(topic, "{\"timestamp\":1,\"jobs\":{},\"execution\":" + OTHER + "}");
        rig.report("DOWNLOAD");
        rig.describe(ANEW);
        assertEquals(0, rig.updateCount());
    }

    @Test
    void afterAMismatchTheEndIsNotSentWithTheVersionOfAnother() throws Exception {
        AgentRig rig = taken();
        rig.finish(JobStatus.SUCCEEDED);
        rig.refuse("VersionMismatch", "{\"status\":\"IN_PROGRESS\",\"versionNumber\":3}");
        assertTrue(rig.asksWhichExecution());
        rig.describe(ANEW.replace("\"versionNumber\":1", "\"versionNumber\":3"));
        assertEquals(2, rig.updateCount());
        assertEquals(Reason.JOB_DELETED, gone(rig).reason());
    }

    /** What AWS gets late expects version 2, which the job made anew would come to by this host's own report. */
    @Test
    void whatIsMadeAnewWaitsForAnEndThatMayStillBeOnItsWay() throws Exception {
        AgentRig rig = taken();
        rig.finish(JobStatus.FAILED);
        rig.agent.disconnected();
        rig.online(ANEW);
        rig.answerHead(ANEW);
        rig.report("ONE");
        assertEquals(2, rig.updateCount());
        assertEquals(LateEnds.LIMIT_NANOS, rig.agent.deadline());
        rig.pass(LateEnds.LIMIT_NANOS - 1);
        assertEquals(2, rig.updateCount());
        rig.pass(1);
        assertEquals(3, rig.updateCount());
        assertEquals("IN_PROGRESS", rig.lastBody().get("status").asText());
    }

    /** The first request may arrive late, and bring a job made anew to the version that the end would expect. */
    @Test
    void whatWasBegunByARepeatedRequestIsBegunOnceMore() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.finish(JobStatus.FAILED);
        rig.pass(10 * SECOND);
        assertEquals(2, rig.updateCount(), "the same once more");
        rig.accept(2);
        rig.describe(BEGUN);
        assertEquals("IN_PROGRESS", rig.lastBody().get("status").asText());
        assertEquals(2, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(3);
        assertEquals("FAILED", rig.lastBody().get("status").asText());
        assertEquals(3, rig.lastBody().get("expectedVersion").asInt());
    }

    @Test
    void anEndThatWasAnsweredHoldsNothingUp() throws Exception {
        AgentRig rig = taken();
        rig.finish(JobStatus.FAILED);
        rig.accept(3, "FAILED");
        rig.answerHead(ANEW);
        rig.report("ONE");
        assertEquals(3, rig.updateCount());
    }

    /** A report that was made before the end, and whose reply was lost, is not made again after it. */
    @Test
    void nothingIsReportedBehindAnEnd() throws Exception {
        AgentRig rig = taken();
        rig.report("TWO");
        rig.finish(JobStatus.FAILED);
        rig.report("LATE");
        rig.message("notify", "{\"jobs\":{}}");
        rig.pass(10 * SECOND);
        assertEquals("FAILED", rig.lastBody().get("status").asText());
        long updates = rig.updateCount();
        rig.message("notify", "{\"jobs\":{}}");
        rig.accept(4, "FAILED");
        rig.answerHead(null);
        rig.pass(600 * SECOND);
        assertEquals(updates, rig.updateCount());
        assertTrue(rig.events.stream().anyMatch(UpdateAccepted.class::isInstance));
    }

    private static void leaveUnanswered(AgentRig rig) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertTrue(rig.asksWhichExecution());
            rig.agent.disconnected();
            rig.online(OTHER);
        }
    }

    private static void refuseToDescribe(AgentRig rig, String code) {
        rig.message(
                "job-1/get/rejected",
                "{\"code\":\"" + code + "\",\"message\":\"because\",\"clientToken\":\"" + rig.token() + "\"}");
    }

    private static JobGone gone(AgentRig rig) {
        return (JobGone) rig.events.stream()
                .filter(JobGone.class::isInstance)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static AgentRig taken() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.report("ONE");
        rig.accept(2);
        rig.describe(execution("job-1", "IN_PROGRESS", 2));
        assertInstanceOf(UpdateAccepted.class, rig.lastEvent());
        return rig;
    }
}
