package dev.fotabridge.station.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobFacts;
import dev.fotabridge.host.api.JobOffer;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.config.ThingName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS mode in virtual time; its queues write down what is asked of them. */
final class StationCloudTest {
    private static final long SECOND = 1_000_000_000L;
    private static final UnitIdentity BOARD = new UnitIdentity("a", "", "");
    private static final ExecutionKey JOB = new ExecutionKey("job-1", 1, 100);

    @TempDir
    Path directory;

    private final FakeQueues queues = new FakeQueues();
    private final List<String> told = new ArrayList<>();
    private StationCloud cloud;
    private UpdateImage image;
    private long now;

    @BeforeEach
    void start() throws Exception {
        image = FotaBridge.image(new ImageBuilder().build().bytes(), Optional.empty());
        cloud = open("dk-{unit}");
    }

    private StationCloud open(String template) {
        UpdateOptions options =
                new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());
        return new StationCloud(
                new StationCloud.Settings(new ThingName(template), options, new CloudOutbox(directory)), queues);
    }

    private final class Recorder implements CloudNews {
        @Override
        public void ready(int bay) {
            told.add("ready " + bay);
        }

        @Override
        public void taken(int bay, String run) {
            told.add("taken " + bay + " " + run);
        }

        @Override
        public void jobEnded(int bay, String thing, ExecutionKey execution, Reason reason) {
            told.add("ended " + bay + " " + thing + " " + execution.jobId() + " " + reason);
        }

        @Override
        public void answered(long attempt, CloudEnd answer) {
            told.add("answered " + attempt + " " + answer.answered().orElse("?"));
        }
    }

    private List<String> news() {
        cloud.tell(new Recorder());
        return told;
    }

    private void event(JobQueueEvent event) {
        cloud.event("dk-a", event, now);
    }

    private void offer(ExecutionKey key) {
        event(new JobQueueEvent.Offered(new JobOffer(key, false, Optional.empty())));
    }

    private void offerAndFetch() {
        cloud.board(1, BOARD, now);
        event(new JobQueueEvent.Connected());
        offer(JOB);
        event(new JobQueueEvent.Fetched(JOB, image));
    }

    private void take() {
        offerAndFetch();
        cloud.take("run-1", "dk-a", JOB);
        event(new JobQueueEvent.Taken(JOB));
    }

    private static KeptEnd end(long attempt, ExecutionKey key) {
        JobEnd end = new JobEnd(key, AtAws.SUCCEEDED, Reason.SUCCEEDED, "It runs.", "", "", "", 0);
        return new KeptEnd(attempt, "run-1", "dk-a", end);
    }

    private static CloudEnd taken() {
        return CloudEnd.waiting(AtAws.SUCCEEDED).taken();
    }

    // Names.

    @Test
    void aThingJoinsWhenItsNameIsComplete() {
        cloud = open("dk-{unit}-{scan}");
        cloud.board(1, BOARD, now);
        assertEquals(Set.of(), queues.joined);
        assertTrue(
                cloud.at(1).message().contains("dk-{unit}-{scan}"), cloud.at(1).message());
        cloud.board(1, new UnitIdentity("a", "", "S7"), now);
        assertEquals(Set.of("dk-a-S7"), queues.joined);
        assertEquals("dk-a-S7", cloud.at(1).thing());
    }

    @Test
    void itLeavesWithItsBoard() {
        cloud.board(1, BOARD, now);
        cloud.left(1, now);
        assertEquals(Set.of(), queues.joined);
        assertEquals("", cloud.at(1).thing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "ä", "a\nb"})
    void aNameOutsideAwssAlphabetIsRefusedAndNeverMapped(String unit) {
        cloud.board(1, new UnitIdentity(unit, "", ""), now);
        assertEquals(Set.of(), queues.joined);
        String message = cloud.at(1).message();
        assertTrue(message.contains("128 letters, digits"), message);
        assertTrue(message.chars().allMatch(c -> c >= ' ' && c <= '~'), message);
    }

    @Test
    void theSecondBayWithOneThingGetsItOnceTheFirstIsEmpty() {
        cloud.board(1, BOARD, now);
        cloud.board(2, BOARD, now);
        assertEquals("", cloud.at(2).thing());
        assertTrue(cloud.at(2).message().contains("bay 1"), cloud.at(2).message());
        cloud.left(1, now);
        assertEquals("dk-a", cloud.at(2).thing());
        assertEquals(Set.of("dk-a"), queues.joined);
    }

    @Test
    void anotherNameLeavesTheOldThing() {
        cloud.board(1, BOARD, now);
        cloud.board(1, new UnitIdentity("b", "", ""), now);
        assertEquals(Set.of("dk-b"), queues.joined);
    }

    @Test
    void aThingThatCannotJoinTriesAgain() {
        queues.refusal = new FotaException(Reason.THING_BUSY, "The thing dk-a is in use.");
        cloud.board(1, BOARD, now);
        assertTrue(cloud.at(1).message().startsWith("The thing dk-a is in use."));
        queues.refusal = null;
        cloud.tick(now + 9 * SECOND);
        assertEquals(Set.of(), queues.joined);
        cloud.tick(now + 10 * SECOND);
        assertEquals(Set.of("dk-a"), queues.joined);
    }

    /** The last connection is full. */
    @Test
    void aThingWithoutAPlaceTriesAgain() {
        queues.full = true;
        cloud.board(1, BOARD, now);
        assertEquals("There is no place.", cloud.at(1).message());
        queues.full = false;
        cloud.tick(now + 10 * SECOND);
        assertEquals(Set.of("dk-a"), queues.joined);
    }

    // Offers and images.

    @Test
    void whatIsOfferedIsFetchedAndNotTaken() {
        offerAndFetch();
        assertEquals(List.of("fetch dk-a job-1"), queues.take());
        assertEquals(List.of("ready 1"), news());
        StationJob job = cloud.at(1).job().orElseThrow();
        assertEquals(image.fileSha256(), job.fileSha256());
        assertEquals(image.imageHash().orElseThrow(), job.imageHash());
    }

    @Test
    void withoutItsImageThereIsNoJob() {
        cloud.board(1, BOARD, now);
        offer(JOB);
        assertTrue(cloud.at(1).job().isEmpty());
    }

    /** Nobody has tried anything with the board yet, so AWS hears nothing. */
    @ParameterizedTest
    @EnumSource(names = {"DOWNLOAD_FORBIDDEN", "DOWNLOAD_TIMEOUT", "STORAGE_FULL", "CONFIGURATION"})
    void whatMayMendIsFetchedAgain(Reason reason) {
        cloud.board(1, BOARD, now);
        event(new JobQueueEvent.Connected());
        offer(JOB);
        queues.take();
        event(new JobQueueEvent.NotFetched(JOB, reason, "It cannot be had."));
        assertTrue(cloud.at(1).job().isEmpty());
        assertTrue(cloud.at(1).message().contains("It cannot be had. It is tried again."));
        cloud.tick(4 * SECOND);
        assertEquals(List.of(), queues.take());
        cloud.tick(5 * SECOND);
        cloud.tick(6 * SECOND);
        assertEquals(List.of("fetch dk-a job-1"), queues.take());
        event(new JobQueueEvent.Fetched(JOB, image));
        assertTrue(cloud.at(1).job().isPresent());
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_DOCUMENT", "IMAGE_SIGNATURE", "DOWNLOAD_NOT_FOUND", "DOWNLOAD_HOST_NOT_ALLOWED"})
    void aJobThatCanNeverSucceedMayBeStartedAndEndsWithItsCause(Reason reason) {
        cloud.board(1, BOARD, now);
        offer(JOB);
        event(new JobQueueEvent.NotFetched(JOB, reason, "It can never be."));
        assertEquals("", cloud.at(1).job().orElseThrow().imageHash());
        cloud.take("run-1", "dk-a", JOB);
        FotaException why = assertThrows(FotaException.class, () -> cloud.image("run-1"));
        assertEquals(reason, why.reason());
    }

    @Test
    void theDocumentsBoardIsAskedForByTheUpdate() {
        cloud.board(1, BOARD, now);
        JobFacts facts = new JobFacts(
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of("nrf9160dk/nrf9160/ns"),
                Optional.empty(),
                Optional.empty(),
                List.of());
        event(new JobQueueEvent.Offered(new JobOffer(JOB, false, Optional.of(facts))));
        event(new JobQueueEvent.Fetched(JOB, image));
        cloud.take("run-1", "dk-a", JOB);
        assertEquals(Optional.of("nrf9160dk/nrf9160/ns"), cloud.options("run-1").board());
        assertEquals(Optional.empty(), cloud.options("run-2").board());
    }

    @Test
    void aThingWithoutABayFetchesNothing() throws Exception {
        cloud.keep(end(7, JOB), now);
        queues.take();
        offer(new ExecutionKey("job-2", 1, 200));
        assertEquals(List.of(), queues.take());
        cloud.board(1, BOARD, now);
        assertEquals(List.of("fetch dk-a job-2"), queues.take());
    }

    @Test
    void anAwayCloudIsSaidAndEndsNothing() {
        take();
        news().clear();
        event(new JobQueueEvent.Disconnected(Reason.CLOUD_UNREACHABLE, "AWS is away.", Duration.ofSeconds(1)));
        assertEquals("AWS is away.", cloud.at(1).message());
        assertEquals(List.of(), news());
        event(new JobQueueEvent.Connected());
        assertEquals("", cloud.at(1).message());
    }

    // Runs.

    @Test
    void aJobIsTakenForARun() throws Exception {
        take();
        assertTrue(queues.take().contains("take dk-a job-1"));
        assertEquals(List.of("ready 1", "taken 1 run-1"), news());
        assertEquals(image.fileSha256(), cloud.image("run-1").fileSha256());
        assertTrue(cloud.at(1).job().isEmpty(), "it is worked on");
    }

    @ParameterizedTest
    @EnumSource(names = {"JOB_CANCELED", "JOB_DELETED", "JOB_TIMED_OUT", "JOB_TAKEN_OVER"})
    void aJobThatAwsEndsEndsItsRun(Reason reason) {
        take();
        event(new JobQueueEvent.Gone(JOB, reason, "It is over."));
        assertEquals("ended 1 dk-a job-1 " + reason, news().get(news().size() - 1));
        assertEquals(1, news().stream().filter(one -> one.startsWith("ended")).count());
    }

    @Test
    void oneThatWasGoneBeforeItWasTakenEndsItsRun() {
        offerAndFetch();
        event(new JobQueueEvent.Gone(JOB, Reason.JOB_CANCELED, "It is over."));
        news().clear();
        cloud.take("run-1", "dk-a", JOB);
        assertEquals(List.of("ended 1 dk-a job-1 JOB_CANCELED"), news());
    }

    @Test
    void oneMadeAnewUnderItsNameIsNotTakenInItsPlace() {
        offerAndFetch();
        offer(new ExecutionKey("job-1", 1, 200));
        queues.take();
        cloud.take("run-1", "dk-a", JOB);
        assertEquals(List.of(), queues.take());
        assertEquals("ended 1 dk-a job-1 JOB_DELETED", news().get(news().size() - 1));
    }

    /** Its board left and came back between start and slot: AWS has yet to offer the job again. */
    @Test
    void aJobIsTakenOnceItIsOfferedAgain() {
        offerAndFetch();
        cloud.left(1, now);
        cloud.board(1, BOARD, now);
        queues.take();
        cloud.take("run-1", "dk-a", JOB);
        assertEquals(List.of(), queues.take());
        offer(JOB);
        assertEquals(List.of("fetch dk-a job-1", "take dk-a job-1"), queues.take());
    }

    @Test
    void aRunThatAwsIsToldNothingOfGivesItsJobBack() {
        take();
        cloud.over("run-1");
        assertTrue(cloud.at(1).job().isPresent());
    }

    @Test
    void progressIsReportedWithItsAttempt() {
        take();
        queues.take();
        cloud.progress("run-1", 1, new BayEvent.PhaseEntered(Phase.TRANSFER));
        cloud.progress("run-1", 1, new BayEvent.Fota(FotaEvent.DL_PROGRESS, 40));
        cloud.progress("run-1", 2, new BayEvent.PhaseEntered(Phase.CONNECT));
        cloud.progress("run-1", 2, new BayEvent.Log("nothing of it"));
        cloud.progress("run-9", 1, new BayEvent.PhaseEntered(Phase.TRANSFER));
        assertEquals(
                List.of("report dk-a 1 TRANSFER 0", "report dk-a 1 TRANSFER 40", "report dk-a 2 CONNECT 0"),
                queues.take());
    }

    // Ends.

    @Test
    void anEndIsKeptBeforeItIsTold() throws Exception {
        take();
        queues.take();
        Files.writeString(directory.resolve("cloud-outbox"), "in the way");
        assertThrows(FotaException.class, () -> cloud.keep(end(7, JOB), now));
        assertEquals(List.of(), queues.take());
        Files.delete(directory.resolve("cloud-outbox"));
        cloud.keep(end(7, JOB), now);
        assertEquals(Set.of(7L), cloud.kept());
        assertEquals(List.of("tell dk-a job-1 SUCCEEDED"), queues.take());
        assertTrue(cloud.at(1).job().isEmpty(), "it has an end");
    }

    @Test
    void aThingWithAnUntoldEndStaysWithoutItsBoard() throws Exception {
        take();
        cloud.keep(end(7, JOB), now);
        cloud.left(1, now);
        assertEquals(Set.of("dk-a"), queues.joined);
        assertEquals(1, cloud.untold().size());
        event(new JobQueueEvent.Answered(JOB, taken()));
        assertEquals("answered 7 SUCCEEDED", news().get(news().size() - 1));
        assertEquals(0, cloud.untold().size());
        assertEquals(Set.of("dk-a"), queues.joined, "the answer is not in the ledger yet");
        cloud.discard(7, now);
        assertEquals(Set.of(), queues.joined);
        assertEquals(Set.of(), cloud.kept());
    }

    @Test
    void afterARestartAnUntoldEndJoinsItsThing() throws Exception {
        cloud.keep(end(7, JOB), now);
        assertEquals(List.of("tell dk-a job-1 SUCCEEDED"), queues.take());
        assertEquals(Set.of("dk-a"), queues.joined);
        cloud.board(3, BOARD, now);
        assertEquals("dk-a", cloud.at(3).thing());
    }

    @Test
    void anEndWaitsUntilItsThingCanJoin() throws Exception {
        queues.refusal = new FotaException(Reason.THING_BUSY, "The thing dk-a is in use.");
        cloud.keep(end(7, JOB), now);
        queues.refusal = null;
        cloud.tick(now + 10 * SECOND);
        assertEquals(List.of("tell dk-a job-1 SUCCEEDED"), queues.take());
    }

    @Test
    void anAnswerIsSaidAgainUntilItIsStored() throws Exception {
        take();
        cloud.keep(end(7, JOB), now);
        CloudEnd cancelled = CloudEnd.waiting(AtAws.SUCCEEDED)
                .failed(Optional.of("CANCELED"), new RunEnd(Reason.JOB_CANCELED, "It was cancelled."));
        event(new JobQueueEvent.Answered(JOB, cancelled));
        queues.take();
        news().clear();
        cloud.keep(end(7, JOB), now);
        assertEquals(List.of("answered 7 CANCELED"), news());
        assertEquals(List.of(), queues.take());
    }

    @Test
    void theNextJobComesBehindTheEnd() throws Exception {
        take();
        cloud.keep(end(7, JOB), now);
        event(new JobQueueEvent.Answered(JOB, taken()));
        cloud.discard(7, now);
        ExecutionKey next = new ExecutionKey("job-2", 1, 200);
        offer(next);
        event(new JobQueueEvent.Fetched(next, image));
        assertEquals(next, cloud.at(1).job().orElseThrow().execution());
    }
}
