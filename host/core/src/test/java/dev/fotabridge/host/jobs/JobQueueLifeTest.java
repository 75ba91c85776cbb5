package dev.fotabridge.host.jobs;

import static dev.fotabridge.host.jobs.AgentRig.PREFIX;
import static dev.fotabridge.host.jobs.AgentRig.SECOND;
import static dev.fotabridge.host.jobs.AgentRig.execution;
import static dev.fotabridge.host.jobs.AgentRig.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.JobOffered;
import dev.fotabridge.host.jobs.JobsEvent.NextJobAnnounced;
import dev.fotabridge.host.jobs.JobsEvent.QueueEmpty;
import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One job after another, and messages at AWS's limits: where the nRF Connect SDK library loses a job or its queue. */
final class JobQueueLifeTest {
    /** AWS IoT's limit for a topic, bytes. */
    private static final int MAX_TOPIC = 256;

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "REJECTED"})
    void afterAnyEndTheNextJobIsAskedForAndOffered(JobStatus end) throws Exception {
        AgentRig rig = taken();
        rig.finish(end);
        rig.accept(3, end.name());
        assertEquals(PREFIX + "$next/get", rig.last().topic());
        rig.answerHead(execution("job-2", "QUEUED", 1));
        assertEquals("job-2", offered(rig).id().jobId());
    }

    @Test
    void aJobAnnouncedBeforeTheEndIsAcceptedWaits() throws Exception {
        AgentRig rig = taken();
        rig.finish(JobStatus.SUCCEEDED);
        rig.message("notify-next", "{\"execution\":" + execution("job-2", "QUEUED", 1) + "}");
        assertInstanceOf(NextJobAnnounced.class, rig.lastEvent());
        assertEquals("SUCCEEDED", rig.lastBody().get("status").asText(), "and the end is not sent twice for it");
        assertEquals(2, rig.updateCount());
        rig.accept(3, "SUCCEEDED");
        rig.answerHead(execution("job-2", "QUEUED", 1));
        assertEquals("job-2", offered(rig).id().jobId());
    }

    @Test
    void aRefusedQuestionForTheHeadIsNoEmptyQueue() throws Exception {
        AgentRig rig = new AgentRig();
        rig.agent.connected(rig.now);
        rig.agent.subscribed(rig.now);
        rig.drain();
        rig.message(
                "$next/get/rejected",
                "{\"code\":\"InvalidRequest\",\"message\":\"because\",\"clientToken\":\"" + rig.token() + "\"}");
        assertInstanceOf(RequestRefused.class, rig.lastEvent());
        assertFalse(rig.events.stream().anyMatch(QueueEmpty.class::isInstance));
        rig.pass(SECOND);
        assertEquals(2, rig.published.size(), "asked again after a pause");
        rig.answerHead(execution("job-1", "QUEUED", 1));
        assertInstanceOf(JobOffered.class, rig.lastEvent());
    }

    @Test
    void aDocumentOfAwssLargestSizeIsTaken() throws Exception {
        String large = "x".repeat(32_000);
        AgentRig rig = new AgentRig().online(execution("job-1", "QUEUED", 1).replace("app_fw_update", large));
        assertTrue(offered(rig).document().contains(large));
    }

    @Test
    void theLongestNamesFitATopic() throws Exception {
        JobsTopics topics = new JobsTopics("t".repeat(128));
        String jobId = "j".repeat(64);
        int length = (topics.update(jobId) + "/accepted").getBytes(StandardCharsets.UTF_8).length;
        assertTrue(length <= MAX_TOPIC, length + " bytes");
        AgentRig rig = new AgentRig().online(execution(jobId, "QUEUED", 1));
        assertEquals(jobId, offered(rig).id().jobId(), "not cut");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\u00e4\u00f6", "{", "[1,2", "\u0000"})
    void aBrokenAnswerForTheHeadIsAskedForAgain(String body) throws Exception {
        AgentRig rig = new AgentRig();
        rig.agent.connected(rig.now);
        rig.agent.subscribed(rig.now);
        rig.drain();
        rig.message("$next/get/accepted", body);
        rig.pass(10 * SECOND);
        assertEquals(2, rig.published.size());
        rig.answerHead(execution("job-1", "QUEUED", 1));
        assertInstanceOf(JobOffered.class, rig.lastEvent());
    }

    @Test
    void aRefusalLeavesTheConnectionUp() throws Exception {
        AgentRig rig = taken();
        int effects = rig.otherEffects.size();
        rig.report("ONE");
        rig.refuse("VersionMismatch", state("IN_PROGRESS", 7, "me"));
        rig.accept(8);
        assertInstanceOf(UpdateAccepted.class, rig.lastEvent());
        assertEquals(effects, rig.otherEffects.size());
    }

    @Test
    void anAcceptedUpdateWithoutItsStateCountsTheVersionOn() throws Exception {
        AgentRig rig = taken();
        rig.report("TWO");
        rig.message("job-1/update/accepted", "{\"clientToken\":\"" + rig.token() + "\"}");
        rig.report("THREE");
        assertEquals(3, rig.lastBody().get("expectedVersion").asInt());
    }

    @Test
    void theOrderOfRepliesDoesNotMatter() throws Exception {
        AgentRig rig = taken();
        rig.finish(JobStatus.SUCCEEDED);
        String token = rig.token();
        rig.message("notify", "{\"jobs\":{}}");
        rig.message("notify-next", "{\"timestamp\":1}");
        assertFalse(rig.events.stream().anyMatch(JobGone.class::isInstance), "our own end is no cancel");
        rig.message("job-1/update/accepted", "{\"clientToken\":\"" + token + "\"}");
        assertEquals(JobStatus.SUCCEEDED, ((UpdateAccepted) rig.lastEvent()).status());
        assertTrue(rig.store.kept.isEmpty());
    }

    /** The answer to an older question may not know of the job that has come since. */
    @Test
    void aQuestionThatIsOnItsWayDoesNotStandForALaterOne() throws Exception {
        AgentRig rig = taken();
        rig.agent.refreshDocument(rig.now);
        rig.drain();
        String older = rig.token();
        rig.finish(JobStatus.SUCCEEDED);
        rig.accept(3, "SUCCEEDED");
        rig.message(
                "$next/get/accepted",
                "{\"clientToken\":\"" + older + "\",\"execution\":" + execution("job-1", "IN_PROGRESS", 2) + "}");
        assertEquals(PREFIX + "$next/get", rig.last().topic());
        assertFalse(older.equals(rig.token()), "asked anew");
        rig.answerHead(execution("job-2", "QUEUED", 1));
        assertEquals("job-2", offered(rig).id().jobId());
    }

    /** Deleted and made anew while this end waited: the new job must not get it. */
    @Test
    void anEndIsNotGivenToALaterJobOfTheSameName() throws Exception {
        AgentRig earlier = taken();
        earlier.finish(JobStatus.SUCCEEDED);
        String anew = execution("job-1", "QUEUED", 1).replace("\"queuedAt\":100", "\"queuedAt\":200");
        AgentRig atTheHead = new AgentRig(copy(earlier)).online(anew);
        assertEquals(0, atTheHead.updateCount());
        assertTrue(atTheHead.store.kept.isEmpty());
        AgentRig behind = new AgentRig(copy(earlier)).online(null);
        behind.describe(anew);
        assertEquals(0, behind.updateCount());
        assertTrue(behind.store.kept.isEmpty());
    }

    private static AgentRig.MemoryStore copy(AgentRig rig) {
        AgentRig.MemoryStore copy = new AgentRig.MemoryStore();
        copy.kept.putAll(rig.store.kept);
        return copy;
    }

    private static JobExecution offered(AgentRig rig) {
        return ((JobOffered) rig.lastEvent()).execution();
    }

    /** Job 1 offered at version 1, its first report accepted as version 2. */
    private static AgentRig taken() throws Exception {
        AgentRig rig = new AgentRig().online(execution("job-1", "QUEUED", 1));
        rig.report("ONE");
        rig.accept(2);
        rig.describe(execution("job-1", "IN_PROGRESS", 2));
        return rig;
    }
}
