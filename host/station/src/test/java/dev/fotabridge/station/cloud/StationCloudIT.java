package dev.fotabridge.station.cloud;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.UnitIdentity;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS mode at the local AWS: a real broker and object store over TLS. Its boards are names. */
@Tag("real")
final class StationCloudIT {
    @TempDir
    Path directory;

    private CloudWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new CloudWorld(directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void board(int bay, String unit) throws Exception {
        world.ask(() -> {
            world.cloud().board(bay, new UnitIdentity(unit, "", ""), System.nanoTime());
            return unit;
        });
    }

    private StationJob ready(int bay) throws Exception {
        world.awaitNews("ready " + bay);
        return world.ask(() -> world.cloud().at(bay).job().orElseThrow());
    }

    private ExecutionKey taken(int bay, String run) throws Exception {
        StationJob job = ready(bay);
        world.ask(() -> {
            world.cloud().take(run, job.thing(), job.execution());
            return run;
        });
        world.awaitNews("taken " + bay + " " + run);
        return job.execution();
    }

    private void keep(long attempt, String run, String thing, ExecutionKey key) throws Exception {
        world.ask(() -> {
            JobEnd end =
                    world.cloud().end(run, thing, key, AtAws.SUCCEEDED, Reason.SUCCEEDED, "It runs the new image.");
            world.cloud().keep(new KeptEnd(attempt, run, thing, end), System.nanoTime());
            return end;
        });
    }

    private void discard(long attempt) throws Exception {
        world.ask(() -> {
            world.cloud().discard(attempt, System.nanoTime());
            return attempt;
        });
    }

    private long ends(String thing) throws Exception {
        return world.execution(thing).history().stream()
                .filter(change -> change.status().isTerminal())
                .count();
    }

    @Test
    void twoThingsOnOneConnectionGetOneDownloadAndTheirEnds() throws Exception {
        world.create("dk-a");
        world.create("dk-b");
        board(1, "a");
        board(2, "b");
        ExecutionKey first = taken(1, "run-1");
        ExecutionKey second = taken(2, "run-2");
        assertEquals(
                world.image.fileSha256(),
                world.ask(() -> world.cloud().image("run-2")).fileSha256());
        keep(1, "run-1", "dk-a", first);
        keep(2, "run-2", "dk-b", second);
        world.awaitNews("answered 1 SUCCEEDED");
        world.awaitNews("answered 2 SUCCEEDED");
        assertEquals(ExecutionStatus.SUCCEEDED, world.execution("dk-a").status());
        assertEquals(ExecutionStatus.SUCCEEDED, world.execution("dk-b").status());
        assertEquals("SUCCEEDED", world.execution("dk-a").statusDetails().get("reason"));
        assertEquals(
                world.image.version(), world.execution("dk-a").statusDetails().get("to"));
        assertEquals(
                1,
                world.aws.broker().received().stream()
                        .filter(packet -> packet.type().equals("CONNECT"))
                        .count());
        assertEquals(
                1,
                world.aws.store().requests().stream()
                        .filter(request -> request.path().contains("app.bin"))
                        .count());
    }

    @ParameterizedTest
    @CsvSource({"localhost:0, port 0", "localhost:65536, port 65536"})
    void aPortThatCannotBeIsSaid(String endpoint, String words) {
        FotaException why = assertThrows(FotaException.class, () -> world.mode(endpoint));
        assertEquals(Reason.CONFIGURATION, why.reason());
        assertTrue(why.getMessage().contains(words), why.getMessage());
    }

    @Test
    void cancelledWhileItIsOffered() throws Exception {
        world.create("dk-a");
        board(1, "a");
        ready(1);
        world.cancel("dk-a");
        world.awaitNews("ended 1 JOB_CANCELED");
        assertTrue(world.ask(() -> world.cloud().at(1).job()).isEmpty());
    }

    @Test
    void cancelledWhileItIsTaken() throws Exception {
        world.create("dk-a");
        board(1, "a");
        StationJob job = ready(1);
        world.cancel("dk-a");
        world.ask(() -> {
            world.cloud().take("run-1", "dk-a", job.execution());
            return 0;
        });
        world.awaitNews("ended 1 JOB_CANCELED");
        assertFalse(world.news.contains("taken 1 run-1"));
    }

    @Test
    void cancelledDuringItsRun() throws Exception {
        world.create("dk-a");
        board(1, "a");
        taken(1, "run-1");
        world.ask(() -> {
            world.cloud().progress("run-1", 1, new BayEvent.PhaseEntered(Phase.TRANSFER));
            return 0;
        });
        await().atMost(CloudWorld.LIMIT)
                .until(() -> "TRANSFER"
                        .equals(world.execution("dk-a").statusDetails().get("phase")));
        world.cancel("dk-a");
        world.awaitNews("ended 1 JOB_CANCELED");
    }

    /** Behind CONFIRM the verdict stays, and the row says what AWS has. */
    @Test
    void cancelledBeforeItsEndIsTold() throws Exception {
        world.create("dk-a");
        board(1, "a");
        ExecutionKey key = taken(1, "run-1");
        world.cancel("dk-a");
        world.awaitNews("ended 1 JOB_CANCELED");
        keep(7, "run-1", "dk-a", key);
        world.awaitNews("answered 7 CANCELED JOB_CANCELED");
        assertEquals(ExecutionStatus.CANCELED, world.execution("dk-a").status());
    }

    @Test
    void madeAnewUnderItsNameDuringItsRun() throws Exception {
        world.create("dk-a");
        board(1, "a");
        ExecutionKey key = taken(1, "run-1");
        // By the second in which it was queued an execution is told from another one.
        world.late.addAndGet(2);
        world.delete("dk-a");
        world.create("dk-a");
        world.awaitNews("ended 1 JOB_DELETED");
        keep(7, "run-1", "dk-a", key);
        world.awaitNews("answered 7 ? JOB_DELETED");
        discard(7);
        assertEquals(ExecutionStatus.QUEUED, world.execution("dk-a").status());
        assertTrue(ready(1).execution().queuedAt() > key.queuedAt());
    }

    @Test
    void anEndIsToldOnceAwsIsBack() throws Exception {
        world.create("dk-a");
        board(1, "a");
        ExecutionKey key = taken(1, "run-1");
        world.goAway();
        keep(7, "run-1", "dk-a", key);
        world.ask(() -> {
            world.cloud().left(1, System.nanoTime());
            return 0;
        });
        world.comeBack();
        world.awaitNews("answered 7 SUCCEEDED");
        discard(7);
        assertEquals(1, ends("dk-a"));
        assertEquals(Set.of(), world.ask(() -> world.cloud().kept()));
    }

    @Test
    void aKilledStationTellsItsEndOnceAfterItsRestart() throws Exception {
        world.create("dk-a");
        board(1, "a");
        ExecutionKey key = taken(1, "run-1");
        world.goAway();
        keep(7, "run-1", "dk-a", key);
        world.kill();
        world.comeBack();
        world.start();
        assertEquals(Set.of(7L), world.ask(() -> world.cloud().kept()));
        keep(7, "run-1", "dk-a", key);
        world.awaitNews("answered 7 SUCCEEDED");
        discard(7);
        // Killed once more before anything of it was removed: AWS has this very end already.
        world.kill();
        world.start();
        keep(7, "run-1", "dk-a", key);
        world.awaitNews("answered 7 SUCCEEDED");
        assertEquals(1, ends("dk-a"));
    }

    @Test
    void aUrlThatExpiredWhileTheBoardWasMissingIsAskedForAnew() throws Exception {
        world.create("dk-a");
        world.create("dk-b");
        board(1, "a");
        ready(1);
        // dk-b is connected for its untold end alone, so its document is as old as that.
        keep(9, "run-9", "dk-b", new ExecutionKey("job-of-long-ago", 1, 1));
        world.awaitNews("answered 9 ? JOB_DELETED");
        world.late.addAndGet(3600);
        board(2, "b");
        assertEquals(world.image.fileSha256(), ready(2).fileSha256());
        assertEquals(ExecutionStatus.QUEUED, world.execution("dk-b").status());
    }
}
