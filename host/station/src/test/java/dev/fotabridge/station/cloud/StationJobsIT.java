package dev.fotabridge.station.cloud;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.station.bay.AttemptRule;
import dev.fotabridge.station.bay.BayInput;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.RetestRule;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.AttemptEnd;
import dev.fotabridge.station.ledger.LedgerFile;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.ledger.OpenRun;
import dev.fotabridge.station.ledger.Records;
import dev.fotabridge.station.run.BoardOutcome;
import dev.fotabridge.station.run.BoardsPort;
import dev.fotabridge.station.run.Station;
import dev.fotabridge.station.run.StationSettings;
import dev.fotabridge.station.verdict.RunStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station with its ledger on disk and jobs of the local AWS, with {@code start: job}; its boards do at once what they are told. */
@Tag("real")
final class StationJobsIT {
    @TempDir
    Path directory;

    private final Boards boards = new Boards();
    private CloudWorld world;
    private LedgerFile file;
    private Station station;
    private StationJobs jobs;
    private volatile boolean held;

    @BeforeEach
    void start() throws Exception {
        world = new CloudWorld(directory);
        open();
    }

    private void open() throws Exception {
        file = LedgerFile.open(Files.createDirectories(directory.resolve("ledger")));
        world.ask(() -> {
            Station.Surroundings around = new Station.Surroundings(
                    boards,
                    world.port(),
                    (bay, run, verdict) -> world.cloud().over(run),
                    Instant::now,
                    () -> UUID.randomUUID().toString(),
                    Optional::empty,
                    () -> new Station.MayStart(true, false),
                    bay -> Optional.empty(),
                    bay -> new NewRun.Labels("line-1", "", "", "", "", "", "", "", "test"));
            StationSettings settings = new StationSettings(
                    List.of(1, 2), StartKind.JOB, Optional.empty(), new AttemptRule(2), new RetestRule(3), 2);
            station = Station.open(settings, file.ledger(new LockRule(0), new StopRule(0)), around);
            JobStarts starts = new JobStarts(
                    StartKind.JOB, world.cloud(), () -> UUID.randomUUID().toString());
            jobs = new StationJobs(world.cloud(), starts, List.of(1, 2));
            return station;
        });
        world.also(this::turn);
    }

    /** What the station's thread does after each thing that has happened. */
    private void turn() {
        long now = System.nanoTime();
        jobs.turn(station, now);
        boards.workOff(now);
        station.tick(now);
        jobs.turn(station, now);
    }

    @AfterEach
    void stop() {
        kill();
        world.close();
    }

    private void kill() {
        world.kill();
        file.close();
    }

    /** Boards that end their runs as soon as they are not held. */
    private final class Boards implements BoardsPort {
        private final Queue<Order> orders = new ConcurrentLinkedQueue<>();

        @Override
        public void identify(int bay) {
            // Told by the test.
        }

        @Override
        public void begin(Order order) {
            orders.add(order);
        }

        void workOff(long now) {
            while (!held && !orders.isEmpty()) {
                update(orders.remove(), now);
            }
        }

        private void update(Order order, long now) {
            try {
                UpdateImage image = world.cloud().image(order.run());
                station.stage(order.bay(), order.run(), RunStage.PROVEN, now);
                end(
                        order,
                        Reason.SUCCEEDED,
                        "It runs the new image.",
                        image.imageHash().orElseThrow(),
                        now);
            } catch (FotaException e) {
                end(order, e.reason(), e.getMessage(), "", now);
            }
        }

        private void end(Order order, Reason reason, String message, String hash, long now) {
            AttemptEnd.Seen seen = new AttemptEnd.Seen(hash, "1.0.0", "1", "{}", WireTotals.NONE);
            station.boardEnded(
                    order.bay(),
                    order.run(),
                    order.attempt(),
                    new BoardOutcome(reason, message, order.board(), seen),
                    now);
        }

        @Override
        public void stop(String run, Reason reason, String message) {
            for (Order order : List.copyOf(orders)) {
                if (order.run().equals(run)) {
                    orders.remove(order);
                    end(order, reason, message, "", System.nanoTime());
                }
            }
        }

        @Override
        public void forget(String run) {
            // There is no journal.
        }

        @Override
        public String evidence(OpenRun run) {
            return "";
        }
    }

    private void plugIn(int bay, String unit) throws Exception {
        world.ask(() -> {
            UnitIdentity who = new UnitIdentity(unit, "", "");
            station.happens(bay, new BayInput.BoardCame(), System.nanoTime());
            station.happens(bay, new BayInput.BoardAnswered(who), System.nanoTime());
            world.cloud().board(bay, who, System.nanoTime());
            return unit;
        });
    }

    private List<Map<String, Object>> records() {
        try {
            return file.records().page(new Records.Page(Long.MAX_VALUE, 100, ""));
        } catch (FotaException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitRow(String column, Object value) {
        await().atMost(CloudWorld.LIMIT).until(() -> records().stream().anyMatch(row -> value.equals(row.get(column))));
    }

    @Test
    void jobsOfTwoBoardsArePassHereAndSucceededThere() throws Exception {
        world.create("dk-a");
        world.create("dk-b");
        plugIn(1, "a");
        plugIn(2, "b");
        world.awaitStatus("dk-a", "SUCCEEDED");
        world.awaitStatus("dk-b", "SUCCEEDED");
        await().atMost(CloudWorld.LIMIT)
                .until(() -> records().stream()
                                .filter(row -> "SUCCEEDED".equals(row.get("cloud_answered")))
                                .count()
                        == 2);
        for (Map<String, Object> row : records()) {
            assertEquals("PASS", row.get("verdict"));
            assertEquals("SUCCEEDED", row.get("cloud_intended"));
            assertEquals(world.image.fileSha256(), row.get("file_sha256"));
            assertEquals("aws", row.get("source"));
        }
        assertEquals(2, records().size());
        assertEquals(0, (int) world.ask(station::untold));
    }

    @Test
    void aJobThatIsCancelledDuringItsRunEndsIt() throws Exception {
        held = true;
        world.create("dk-a");
        plugIn(1, "a");
        world.awaitStatus("dk-a", "IN_PROGRESS");
        world.cancel("dk-a");
        awaitRow("reason", "JOB_CANCELED");
        assertEquals("ABORTED", records().get(0).get("verdict"));
        assertEquals("", records().get(0).get("cloud_intended"));
    }

    @Test
    void aMissingObjectIsARunThatEndsErrorAndFailed() throws Exception {
        Files.delete(world.aws.directory().bucket().resolve("app.bin"));
        world.create("dk-a");
        plugIn(1, "a");
        world.awaitStatus("dk-a", "FAILED");
        awaitRow("cloud_answered", "FAILED");
        assertEquals("DOWNLOAD_NOT_FOUND", records().get(0).get("reason"));
        assertEquals("ERROR", records().get(0).get("verdict"));
    }

    @Test
    void aStationKilledWithAnUntoldEndTellsItOnce() throws Exception {
        held = true;
        world.create("dk-a");
        plugIn(1, "a");
        await().atMost(CloudWorld.LIMIT).until(() -> !boards.orders.isEmpty());
        world.goAway();
        held = false;
        awaitRow("verdict", "PASS");
        kill();
        assertEquals(1, files().size());
        world.comeBack();
        world.start();
        open();
        awaitRow("cloud_answered", "SUCCEEDED");
        assertEquals(1, records().size());
        assertEquals(ExecutionStatus.SUCCEEDED, world.execution("dk-a").status());
        assertEquals(1, ends());
        await().atMost(CloudWorld.LIMIT).until(() -> files().isEmpty());
    }

    /** No run is resumed: a new one goes on with the execution that AWS still has IN_PROGRESS. */
    @Test
    void aStationKilledDuringARunGoesOnWithItsJob() throws Exception {
        held = true;
        world.create("dk-a");
        plugIn(1, "a");
        world.awaitStatus("dk-a", "IN_PROGRESS");
        kill();
        boards.orders.clear();
        held = false;
        world.start();
        open();
        plugIn(1, "a");
        awaitRow("cloud_answered", "SUCCEEDED");
        List<Map<String, Object>> rows = records();
        assertEquals(2, rows.size());
        assertTrue(rows.stream().anyMatch(row -> "ABORTED".equals(row.get("verdict"))), rows::toString);
        assertEquals(1, ends());
    }

    private long ends() throws Exception {
        return world.execution("dk-a").history().stream()
                .filter(change -> change.status().isTerminal())
                .count();
    }

    private List<Path> files() throws Exception {
        try (var all = Files.list(directory.resolve("state/cloud-outbox"))) {
            return all.filter(one -> one.toString().endsWith(".json")).toList();
        }
    }
}
