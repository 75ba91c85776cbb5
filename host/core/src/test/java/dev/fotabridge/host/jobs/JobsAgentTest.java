package dev.fotabridge.host.jobs;

import static dev.fotabridge.host.jobs.AgentRig.PREFIX;
import static dev.fotabridge.host.jobs.AgentRig.SECOND;
import static dev.fotabridge.host.jobs.AgentRig.execution;
import static dev.fotabridge.host.jobs.AgentRig.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsEvent.DocumentRefreshed;
import dev.fotabridge.host.jobs.JobsEvent.EndRefused;
import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.JobOffered;
import dev.fotabridge.host.jobs.JobsEvent.NextJobAnnounced;
import dev.fotabridge.host.jobs.JobsEvent.QueueEmpty;
import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobsAgentTest {
    private static final String QUEUED = execution("job-1", "QUEUED", 1);

    @Test
    void subscribesThenAsksForTheHead() throws Exception {
        AgentRig rig = new AgentRig();
        rig.agent.connected(0);
        rig.drain();
        JobsEffect.Subscribe subscribe = (JobsEffect.Subscribe) rig.otherEffects.get(0);
        assertEquals(
                List.of(PREFIX + "notify-next", PREFIX + "notify", PREFIX + "+/get/+", PREFIX + "+/update/+"),
                subscribe.filters());
        assertTrue(rig.published.isEmpty(), "nothing may be asked before SUBACK");
        rig.agent.subscribed(0);
        rig.drain();
        assertEquals(PREFIX + "$next/get", rig.last().topic());
        assertTrue(rig.lastBody().get("includeJobDocument").asBoolean());
        rig.agent.connected(1);
        rig.agent.subscribed(1);
        rig.drain();
        assertEquals(2, rig.otherEffects.size(), "subscriptions are made anew on every connection");
        assertEquals(2, rig.published.size());
        assertFalse(rig.lastBody().get("clientToken").asText().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"timestamp\":1}", "{\"timestamp\":1,\"execution\":{}}"})
    void takesBothFormsOfAnEmptyQueue(String body) throws Exception {
        AgentRig rig = new AgentRig().online(null);
        rig.message("notify-next", body);
        assertEquals(List.of(new QueueEmpty(), new QueueEmpty()), rig.events);
    }

    @Test
    void offersAJobOnceWhateverRepeatsIt() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.message("notify-next", "{\"execution\":" + QUEUED + "}");
        rig.message("notify-next", "{\"execution\":" + QUEUED + "}");
        assertEquals(1, rig.events.size());
        JobExecution offered = ((JobOffered) rig.events.get(0)).execution();
        assertEquals(new ExecutionId("job-1", 1, 100), offered.id());
        assertEquals("{\"operation\":\"app_fw_update\"}", offered.document());
    }

    @Test
    void offersAJobInProgressWithItsDetails() throws Exception {
        String details =
                ",\"statusDetails\":{\"phase\":\"TRANSFER\",\"odd\":1},\"approximateSecondsBeforeTimedOut\":60";
        AgentRig rig = new AgentRig().online(execution("job-1", "IN_PROGRESS", 5, 1, details));
        JobExecution offered = ((JobOffered) rig.lastEvent()).execution();
        assertEquals(JobStatus.IN_PROGRESS, offered.status());
        assertEquals("TRANSFER", offered.statusDetails().get("phase"));
        assertEquals(60, offered.secondsBeforeTimedOut().orElseThrow());
    }

    @Test
    void leavesOtherTopicsAlone() throws Exception {
        AgentRig rig = new AgentRig().online(null);
        assertFalse(rig.agent.message("$aws/things/dk-2/jobs/notify-next", new byte[0], 0));
        assertFalse(rig.agent.message("my/topic", new byte[0], 0));
        assertTrue(rig.agent.message(PREFIX + "notify-next", new byte[0], 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"execution\":{}}x", "{\"a\":1,\"a\":2}", "null", "{\"execution\":3}"})
    void survivesMessagesThatAreNone(String body) throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        int before = rig.events.size();
        rig.message("notify-next", body);
        rig.message("notify", body);
        rig.message("job-1/update/accepted", body);
        rig.message("$next/get/rejected", body);
        List<JobsEvent> reported = rig.events.subList(before, rig.events.size());
        assertTrue(
                reported.size() <= 1 && reported.stream().allMatch(RequestRefused.class::isInstance),
                reported.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jobId\":\"a b\",\"versionNumber\":1}",
                "{\"jobId\":\"../x\",\"versionNumber\":1}",
                "{\"jobId\":\"job-1\"}",
                "{\"versionNumber\":1}"
            })
    void refusesAnExecutionThatNobodyCouldAnswer(String execution) throws Exception {
        AgentRig rig = new AgentRig().online(execution);
        assertInstanceOf(RequestRefused.class, rig.lastEvent());
    }

    @Test
    void takesAJobWithVersionTimerAndSession() throws Exception {
        AgentRig rig = new AgentRig().online(execution("job-1", "QUEUED", 7, 2, ""));
        rig.report("DOWNLOAD");
        assertEquals(PREFIX + "job-1/update", rig.last().topic());
        JsonNode body = rig.lastBody();
        assertEquals("IN_PROGRESS", body.get("status").asText());
        assertTrue(body.get("expectedVersion").isIntegralNumber(), "AWS takes a string too, but need not for ever");
        assertEquals(7, body.get("expectedVersion").asInt());
        assertEquals(2, body.get("executionNumber").asInt());
        assertEquals(60, body.get("stepTimeoutInMinutes").asInt());
        assertTrue(body.get("includeJobExecutionState").asBoolean());
        assertEquals("DOWNLOAD", body.get("statusDetails").get("phase").asText());
        assertEquals("me", body.get("statusDetails").get("session").asText());
        rig.accept(8);
        assertEquals(new UpdateAccepted(new ExecutionId("job-1", 2, 100), JobStatus.IN_PROGRESS), rig.lastEvent());
    }

    @Test
    void keepsOneUpdateOutstandingAndOnlyTheNewestBehindIt() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        rig.report("TWO");
        rig.report("THREE");
        assertEquals(2, rig.updateCount());
        rig.accept(12);
        assertEquals(3, rig.updateCount());
        assertEquals("THREE", rig.lastBody().get("statusDetails").get("phase").asText());
        assertEquals(12, rig.lastBody().get("expectedVersion").asInt(), "the version comes from the reply");
        rig.accept(13);
        assertEquals(3, rig.updateCount());
    }

    @Test
    void ignoresRepliesToOthersAndLateOnes() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        int events = rig.events.size();
        rig.message("job-1/update/accepted", "{\"clientToken\":\"me-1\"}");
        rig.message("job-1/update/rejected", "{\"clientToken\":\"other\",\"code\":\"ResourceNotFound\"}");
        rig.message("job-2/update/rejected", "{\"clientToken\":\"" + rig.token() + "\",\"code\":\"ResourceNotFound\"}");
        assertEquals(events, rig.events.size());
    }

    @Test
    void repeatsARequestWhoseReplyIsLost() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        String first = rig.token();
        rig.pass(10 * SECOND - 1);
        assertEquals(2, rig.updateCount());
        assertEquals(rig.now + 1, rig.agent.deadline());
        rig.pass(1);
        assertEquals(3, rig.updateCount());
        assertFalse(first.equals(rig.token()), "a token is used once");
        rig.refuse("VersionMismatch", state("IN_PROGRESS", 3, "me"));
        assertEquals(4, rig.updateCount(), "it had been applied: known by its session, sent with the new version");
        assertEquals(3, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(4);
        assertInstanceOf(UpdateAccepted.class, rig.lastEvent());
    }

    @Test
    void givesADeafConnectionUp() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        rig.pass(10 * SECOND);
        rig.pass(10 * SECOND);
        assertEquals(1, rig.otherEffects.size());
        rig.pass(10 * SECOND);
        JobsEffect.Reconnect reconnect = (JobsEffect.Reconnect) rig.otherEffects.get(1);
        assertEquals(Reason.CLOUD_POLICY, reconnect.cause().reason());
        assertTrue(reconnect.cause().getMessage().contains(PREFIX), "names the statement that is needed");
        assertTrue(reconnect.cause().getMessage().contains("or the service is not"), "it may be AWS's fault");
    }

    @Test
    void doesNotReportThePolicyForRepliesThatCannotBeRead() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        for (int i = 0; i < 3; i++) {
            rig.message("job-1/update/accepted", "{");
            rig.pass(10 * SECOND);
        }
        JobsEffect.Reconnect reconnect = (JobsEffect.Reconnect) rig.otherEffects.get(1);
        assertEquals(Reason.CLOUD_UNREACHABLE, reconnect.cause().reason());
        assertTrue(reconnect.cause().getMessage().contains("not one JSON object"));
    }

    @Test
    void backsOffWhenThrottled() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        long pause = SECOND;
        for (int i = 0; i < 9; i++) {
            long before = rig.updateCount();
            rig.refuse(i % 2 == 0 ? "RequestThrottled" : "InternalError", null);
            rig.report("NEWER");
            assertEquals(before, rig.updateCount());
            assertEquals(rig.now + pause, rig.agent.deadline());
            rig.pass(pause - 1);
            assertEquals(before, rig.updateCount());
            rig.pass(1);
            assertEquals(before + 1, rig.updateCount());
            assertEquals(
                    "NEWER", rig.lastBody().get("statusDetails").get("phase").asText());
            pause = Math.min(64 * SECOND, 2 * pause);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidStateTransition, CANCELED, JOB_CANCELED",
        "InvalidStateTransition, TIMED_OUT, JOB_TIMED_OUT",
        "InvalidStateTransition, REMOVED, JOB_DELETED",
        "InvalidStateTransition, SUCCEEDED, JOB_TAKEN_OVER",
        "InvalidStateTransition, FAILED, JOB_TAKEN_OVER",
        "TerminalStateReached, CANCELED, JOB_CANCELED",
        "TerminalStateReached, , JOB_CANCELED",
        "InvalidStateTransition, , JOB_CANCELED"
    })
    void tellsWhyAnExecutionIsGone(String code, String status, Reason reason) throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        rig.refuse(code, status == null ? null : state(status, 9, "other"));
        JobGone gone = (JobGone) rig.lastEvent();
        assertEquals(reason, gone.reason());
        assertEquals(PREFIX + "$next/get", rig.last().topic(), "and asks for the next one");
        rig.report("TWO");
        assertEquals(2, rig.updateCount(), "nothing is reported about it any more");
    }

    @Test
    void noticesADeletedExecution() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        rig.refuse("ResourceNotFound", null);
        assertEquals(Reason.JOB_DELETED, ((JobGone) rig.lastEvent()).reason());
    }

    @Test
    void noticesAnotherHostOnTheSameExecution() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        rig.refuse("VersionMismatch", state("IN_PROGRESS", 9, "somebody"));
        assertEquals(Reason.JOB_TAKEN_OVER, ((JobGone) rig.lastEvent()).reason());
    }

    @Test
    void takesOverFromAnEarlierRunWhateverItsVersion() throws Exception {
        AgentRig rig = new AgentRig().online(execution("job-1", "IN_PROGRESS", 5));
        rig.report("ONE");
        rig.refuse("VersionMismatch", state("IN_PROGRESS", 6, "earlier"));
        assertEquals(6, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(7);
        assertInstanceOf(UpdateAccepted.class, rig.lastEvent());
    }

    @Test
    void doesNotFightForAVersionForEver() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        for (int version = 10; !(rig.lastEvent() instanceof JobGone); version++) {
            assertTrue(version < 20, "still fighting");
            rig.refuse("VersionMismatch", "{\"status\":\"IN_PROGRESS\",\"versionNumber\":" + version + "}");
            rig.pass(64 * SECOND);
        }
        assertEquals(Reason.JOB_TAKEN_OVER, ((JobGone) rig.lastEvent()).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"timestamp\":1}", "other"})
    void asksWhatHasBecomeOfItWhenTheHeadChanges(String body) throws Exception {
        AgentRig rig = taken();
        String other = "{\"execution\":" + execution("job-2", "QUEUED", 1) + "}";
        rig.message("notify-next", body.equals("other") ? other : body);
        assertEquals(2, rig.updateCount());
        assertEquals("ONE", rig.lastBody().get("statusDetails").get("phase").asText(), "the last report once more");
        rig.refuse("InvalidStateTransition", state("CANCELED", 3, "me"));
        assertEquals(Reason.JOB_CANCELED, ((JobGone) rig.lastEvent()).reason());
        assertEquals(body.equals("other"), rig.events.stream().anyMatch(NextJobAnnounced.class::isInstance));
    }

    @Test
    void asksWhenANotifyListsItNoMore() throws Exception {
        AgentRig rig = taken();
        rig.message("notify", "{\"jobs\":{\"IN_PROGRESS\":[{\"jobId\":\"job-1\"}]}}");
        assertEquals(1, rig.updateCount());
        rig.message("notify", "{\"jobs\":{}}");
        assertEquals(2, rig.updateCount());
    }

    @Test
    void offersANewExecutionOfTheSameJobOnceTheOldOneIsOver() throws Exception {
        AgentRig rig = taken();
        String again = execution("job-1", "QUEUED", 1, 2, "");
        rig.message("notify-next", "{\"execution\":" + again + "}");
        rig.refuse("InvalidStateTransition", state("TIMED_OUT", 3, "me"));
        rig.answerHead(again);
        assertEquals(2, ((JobOffered) rig.lastEvent()).execution().id().executionNumber());
    }

    @Test
    void keepsAFinalStateUntilAwsHasIt() throws Exception {
        AgentRig rig = taken();
        rig.finish(JobStatus.SUCCEEDED);
        assertEquals(1, rig.store.kept.size());
        assertEquals("SUCCEEDED", rig.lastBody().get("status").asText());
        assertFalse(rig.lastBody().has("stepTimeoutInMinutes"));
        rig.refuse("RequestThrottled", null);
        assertEquals(1, rig.store.kept.size());
        rig.pass(SECOND);
        rig.describe(execution("job-1", "IN_PROGRESS", 2));
        rig.accept(3, "SUCCEEDED");
        assertEquals(0, rig.store.kept.size());
        assertEquals(new UpdateAccepted(new ExecutionId("job-1", 1, 100), JobStatus.SUCCEEDED), rig.lastEvent());
        rig.answerHead(QUEUED);
        assertInstanceOf(UpdateAccepted.class, rig.lastEvent(), "a late description does not offer it again");
    }

    @Test
    void takesALostFinalStateForTheOneAwsHas() throws Exception {
        AgentRig rig = taken();
        rig.finish(JobStatus.SUCCEEDED);
        rig.agent.disconnected();
        rig.online(null);
        rig.describe(execution("job-1", "SUCCEEDED", 3));
        assertEquals("SUCCEEDED", rig.lastBody().get("status").asText());
        rig.refuse("InvalidStateTransition", state("SUCCEEDED", 3, "me"));
        assertEquals(new UpdateAccepted(new ExecutionId("job-1", 1, 100), JobStatus.SUCCEEDED), rig.lastEvent());
        assertEquals(0, rig.store.kept.size());
    }

    @Test
    void sendsAFinalStateOfAnEarlierRunAndDoesNotOfferItsJob() throws Exception {
        AgentRig earlier = taken();
        earlier.finish(JobStatus.FAILED);
        AgentRig rig = new AgentRig(earlier.store).online(execution("job-1", "IN_PROGRESS", 2));
        assertTrue(rig.events.isEmpty());
        assertEquals("FAILED", rig.lastBody().get("status").asText());
        assertEquals(2, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(3, "FAILED");
        assertEquals(0, rig.store.kept.size());
    }

    @Test
    void forgetsAFinalStateThatAwsEndedOtherwise() throws Exception {
        AgentRig rig = taken();
        rig.finish(JobStatus.SUCCEEDED);
        rig.refuse("InvalidStateTransition", state("CANCELED", 3, "me"));
        assertEquals(Reason.JOB_CANCELED, ((JobGone) rig.lastEvent()).reason());
        assertEquals(0, rig.store.kept.size());
    }

    @Test
    void sendsABareFinalStateWhenAwsDislikesTheDetails() throws Exception {
        AgentRig rig = taken();
        rig.finish(JobStatus.FAILED);
        rig.refuse("InvalidRequest", null);
        assertEquals("FAILED", rig.lastBody().get("status").asText());
        assertFalse(rig.lastBody().get("statusDetails").has("phase"));
        rig.refuse("InvalidRequest", null);
        EndRefused refused = (EndRefused) rig.lastEvent();
        assertEquals(JobStatus.FAILED, refused.status());
        assertTrue(refused.sentence().contains("InvalidRequest: because"), refused::sentence);
        rig.answerHead(execution("job-1", "IN_PROGRESS", 2));
        rig.pass(600 * SECOND);
        assertInstanceOf(EndRefused.class, rig.lastEvent(), "it is neither offered again");
        assertEquals(3, rig.updateCount(), "nor sent for ever");
    }

    @Test
    void anEndThatAwsRefusedIsTriedAgainByTheNextRun() throws Exception {
        AgentRig earlier = taken();
        earlier.finish(JobStatus.FAILED);
        earlier.refuse("InvalidRequest", null);
        earlier.refuse("InvalidRequest", null);
        AgentRig rig = new AgentRig(earlier.store).online(execution("job-1", "IN_PROGRESS", 2));
        assertEquals("FAILED", rig.lastBody().get("status").asText());
        rig.accept(3, "FAILED");
        assertEquals(0, rig.store.kept.size());
    }

    /** At the first version nothing but its time tells it from one made anew, and no update carries the time. */
    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "REJECTED"})
    void setsAQueuedExecutionInProgressAndReadsItBackBeforeItsEnd(JobStatus end) throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.finish(end);
        assertEquals("IN_PROGRESS", rig.lastBody().get("status").asText());
        assertEquals(1, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(2);
        assertTrue(rig.asksWhichExecution());
        rig.describe(execution("job-1", "IN_PROGRESS", 2));
        assertEquals(end.name(), rig.lastBody().get("status").asText());
        assertEquals(2, rig.lastBody().get("expectedVersion").asInt());
        rig.accept(3, end.name());
        assertEquals(new UpdateAccepted(new ExecutionId("job-1", 1, 100), end), rig.lastEvent());
        assertEquals(0, rig.store.kept.size());
    }

    @Test
    void readsBackWhichExecutionTheFirstReportHasTaken() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.report("ONE");
        rig.accept(2);
        assertTrue(rig.asksWhichExecution(), "nothing else is to be told yet");
        rig.report("TWO");
        assertEquals(1, rig.updateCount());
        rig.describe(execution("job-1", "IN_PROGRESS", 2));
        assertEquals("TWO", rig.lastBody().get("statusDetails").get("phase").asText());
        rig.accept(3);
        rig.report("THREE");
        assertEquals(3, rig.updateCount(), "once");
    }

    @Test
    void anExecutionFoundInProgressNeedsNoReadBack() throws Exception {
        AgentRig rig = new AgentRig().online(execution("job-1", "IN_PROGRESS", 5));
        rig.finish(JobStatus.FAILED);
        assertEquals("FAILED", rig.lastBody().get("status").asText());
        assertEquals(5, rig.lastBody().get("expectedVersion").asInt());
    }

    @Test
    void endsAsItIsWhatAwsRefusesToSetInProgress() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.finish(JobStatus.REJECTED);
        rig.refuse("InvalidRequest", null);
        assertInstanceOf(RequestRefused.class, rig.lastEvent());
        assertEquals("REJECTED", rig.lastBody().get("status").asText());
        assertEquals(1, rig.lastBody().get("expectedVersion").asInt());
    }

    /** As when the answers to the questions were lost: nobody says whether AWS takes SUCCEEDED from QUEUED. */
    @Test
    void startsAnExecutionThatMayNotEndFromQueued() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.finish(JobStatus.SUCCEEDED);
        rig.refuse("InvalidRequest", null);
        rig.refuse("InvalidStateTransition", state("QUEUED", 1, "me"));
        rig.describe(QUEUED);
        assertEquals("IN_PROGRESS", rig.lastBody().get("status").asText());
        rig.accept(2);
        rig.describe(execution("job-1", "IN_PROGRESS", 2));
        assertEquals("SUCCEEDED", rig.lastBody().get("status").asText());
        assertEquals(2, rig.lastBody().get("expectedVersion").asInt());
    }

    @Test
    void tellsAwsAlsoWhenTheOutboxCannotBeWritten() throws Exception {
        AgentRig rig = taken();
        rig.store.isFull = true;
        assertThrows(FotaException.class, () -> rig.finish(JobStatus.FAILED));
        rig.drain();
        assertEquals("FAILED", rig.lastBody().get("status").asText());
        rig.agent.disconnected();
        rig.online(execution("job-1", "IN_PROGRESS", 2));
        assertEquals("FAILED", rig.lastBody().get("status").asText(), "kept in memory meanwhile");
        rig.accept(3, "FAILED");
        assertEquals(new UpdateAccepted(new ExecutionId("job-1", 1, 100), JobStatus.FAILED), rig.lastEvent());
    }

    @Test
    void whatIsSaidOfAnotherExecutionIsDropped() throws Exception {
        AgentRig rig = taken();
        ExecutionId over = new ExecutionId("job-0", 1, 90);
        long before = rig.updateCount();
        rig.agent.report(over, StatusDetails.builder().phase("LATE").build(), rig.now);
        assertFalse(rig.agent.finish(over, JobStatus.FAILED, StatusDetails.none(), rig.now));
        rig.drain();
        assertEquals(before, rig.updateCount());
        assertTrue(rig.store.kept.isEmpty());
    }

    @Test
    void bringsAFreshDocument() throws Exception {
        AgentRig rig = taken();
        rig.agent.refreshDocument(rig.now);
        rig.drain();
        rig.answerHead(execution("job-1", "IN_PROGRESS", 2).replace("app_fw_update", "fresh"));
        JobExecution fresh = ((DocumentRefreshed) rig.lastEvent()).execution();
        assertTrue(fresh.document().contains("fresh"));
    }

    @Test
    void goesOnAfterALostConnectionWithTheNewestReport() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        rig.report("TWO");
        rig.agent.disconnected();
        rig.drain();
        rig.online(execution("job-1", "IN_PROGRESS", 3, 1, ",\"statusDetails\":{\"session\":\"me\"}"));
        assertEquals("TWO", rig.lastBody().get("statusDetails").get("phase").asText());
        assertEquals(3, rig.lastBody().get("expectedVersion").asInt());
    }

    @Test
    void updatesGoOnWhenTheHeadCannotBeHad() throws Exception {
        AgentRig rig = taken();
        rig.report("ONE");
        rig.agent.connected(rig.now);
        rig.agent.subscribed(rig.now);
        rig.drain();
        long before = rig.updateCount();
        rig.pass(10 * SECOND);
        rig.describe(execution("job-1", "IN_PROGRESS", 3));
        assertEquals(before + 1, rig.updateCount());
        assertEquals(3, rig.lastBody().get("expectedVersion").asInt());
    }

    /** Job 1 offered at version 1, its first report ONE accepted as version 2. */
    private static AgentRig taken() throws Exception {
        AgentRig rig = new AgentRig().online(QUEUED);
        rig.report("ONE");
        rig.accept(2);
        rig.describe(execution("job-1", "IN_PROGRESS", 2));
        return rig;
    }
}
