package dev.fotabridge.station.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.files.MemoryFiles;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.jobs.JobsException;
import dev.fotabridge.fixtures.jobs.JobsMessage;
import dev.fotabridge.fixtures.jobs.JobsOptions;
import dev.fotabridge.fixtures.jobs.JobsService;
import dev.fotabridge.fixtures.jobs.JobsState;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.fixtures.jobs.Presigner;
import dev.fotabridge.station.ledger.UntoldEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * AWS: the emulator's Jobs service, those who make and end jobs, the bucket, and the way there. It remembers each execution that ever was.
 * Beside it the disk with the station's outbox, which outlives the station's process, too.
 */
final class VirtualAws {
    private static final long EPOCH = 1_700_000_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_601;
    private static final Set<ExecutionStatus> BY_DEVICES = Set.of(
            ExecutionStatus.IN_PROGRESS, ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED, ExecutionStatus.REJECTED);
    private static final List<Content> BAD = List.of(Content.MISSING, Content.REFUSED, Content.MODEM_DELTA);

    /** What a file of the bucket is. */
    enum Content {
        IMAGE("ab".repeat(32), "cd".repeat(32)),
        OTHER_IMAGE("12".repeat(32), "34".repeat(32)),
        /** The document names an object that is not there. */
        MISSING("", ""),
        /** Its signature is wrong. */
        REFUSED("", ""),
        MODEM_DELTA("", "");

        final String hash;
        final String file;

        Content(String hash, String file) {
            this.hash = hash;
            this.file = file;
        }
    }

    /** One execution, as it was last seen. */
    static final class Seen {
        final Content content;
        /** Every state that it ever had; DELETED once it is not there any more. */
        final Set<String> states = new HashSet<>();

        String state = "";
        Map<String, String> details = Map.of();
        /** Another host has reported on it. */
        boolean foreign;

        Seen(Content content) {
            this.content = content;
        }

        boolean is(String wanted) {
            return state.equals(wanted);
        }
    }

    private final StationWorld world;
    private final Random random;
    private final JobsService service = new JobsService(JobsState.EMPTY, Presigner.NONE);

    /** By {@code thing/job/number@queuedAt}. */
    final Map<String, Seen> executions = new LinkedHashMap<>();

    private final Map<String, Content> jobs = new HashMap<>();
    private final List<AwsConnection> connections = new ArrayList<>();
    final MemoryFiles files;

    boolean away;
    boolean losesReplies;
    boolean bucketIsAway;
    /** Other processes of this computer work for every thing. */
    boolean isBusy;

    boolean outboxIsFull;
    private long skew;

    VirtualAws(StationWorld world, Random random) {
        this.world = world;
        this.random = random;
        files = new MemoryFiles(this::changing);
        service.options(new JobsOptions(JobsOptions.EmptyQueueForm.NO_EXECUTION, true, random.nextBoolean(), 0));
    }

    private void changing(String what) throws IOException {
        world.point("outbox " + what.replaceAll(" .*", ""));
        if (outboxIsFull) {
            throw new IOException("No space left on device");
        }
    }

    boolean outboxHas(long attempt) {
        return Files.exists(files.root().resolve("cloud-outbox/" + attempt + ".json"));
    }

    /** Drops an end behind the station's back. */
    void lose(long attempt) {
        try {
            Files.deleteIfExists(files.root().resolve("cloud-outbox/" + attempt + ".json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long seconds() {
        return EPOCH + skew + world.now() / SECOND;
    }

    static String key(Execution execution) {
        return execution.thingName() + "/" + execution.jobId() + "/" + execution.executionNumber() + "@"
                + execution.queuedAt();
    }

    Seen seen(String key) {
        return executions.get(key);
    }

    /** Every state of every execution whose key begins so. */
    Set<String> statesUnder(String name) {
        Set<String> states = new HashSet<>();
        executions.forEach((key, seen) -> {
            if (key.startsWith(name)) {
                states.addAll(seen.states);
            }
        });
        return states;
    }

    // Those who make jobs.

    void create(String thing) {
        String id = "job-" + (jobs.size() + 1);
        create(thing, id, content());
    }

    /** Jobs that can never succeed are there only where the bucket is one of the faults. */
    private Content content() {
        int lot = random.nextInt(20);
        if (world.planted != Planted.NONE) {
            return Content.IMAGE;
        } else if (lot < 4) {
            return Content.OTHER_IMAGE;
        }
        return world.hasCommonFault("bucket") && lot < 10 ? BAD.get(random.nextInt(BAD.size())) : Content.IMAGE;
    }

    private void create(String thing, String id, Content content) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("operation", "app_fw_update");
        document.putObject("location").put("url", "https://bucket.example/" + content);
        jobs.put(id, content);
        boolean retries = world.planted == Planted.NONE && random.nextInt(4) == 0;
        NewJob job = NewJob.of(id, thing, document).withRetries(retries ? 1 : 0, retries ? 1 : 0);
        change(thing, () -> service.create(job, seconds()));
    }

    /** The creator cancels, deletes, removes, or makes anew an execution that has not ended; or another host ends it; or an hour passes. */
    void meddle() {
        List<Execution> open = open();
        if (open.isEmpty()) {
            return;
        }
        Execution one = open.get(random.nextInt(open.size()));
        String thing = one.thingName();
        String job = one.jobId();
        switch (random.nextInt(10)) {
            case 0, 1 -> change(thing, () -> service.cancel(thing, job, true, seconds()));
            case 2 -> change(thing, () -> service.cancel(thing, job, false, seconds()));
            case 3 -> change(thing, () -> service.delete(thing, job, true, seconds()));
            case 4 -> change(thing, () -> service.remove(thing, job, seconds()));
            case 5, 6, 7 -> remake(one);
            case 8 -> another(one);
            default -> passAnHour();
        }
    }

    private List<Execution> open() {
        return executions.keySet().stream()
                .map(key -> key.split("/")[0])
                .distinct()
                .flatMap(thing -> service.list(thing).stream())
                .filter(execution -> !execution.status().isTerminal())
                .toList();
    }

    /** Not in the same second: by the second in which it was queued an execution is told from another one. */
    private void remake(Execution one) {
        Content content = random.nextBoolean() ? jobs.get(one.jobId()) : content();
        change(one.thingName(), () -> service.delete(one.thingName(), one.jobId(), true, seconds()));
        world.quietly((1 + random.nextInt(4)) * SECOND, () -> create(one.thingName(), one.jobId(), content));
    }

    /** Another host with this thing's certificate. */
    private void another(Execution one) {
        seen(key(one)).foreign = true;
        String status = random.nextBoolean() ? "SUCCEEDED" : "FAILED";
        String topic = "$aws/things/" + one.thingName() + "/jobs/" + one.jobId() + "/update";
        change(one.thingName(), () -> service.handle(topic, update(status), seconds()));
    }

    private static byte[] update(String status) {
        return ("{\"status\":\"" + status + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** As if nobody had heard of AWS for an hour: step timers run out. */
    private void passAnHour() {
        skew += HOUR;
        tick();
    }

    void tick() {
        if (seconds() >= service.deadline()) {
            open().stream()
                    .map(Execution::thingName)
                    .distinct()
                    .forEach(thing -> change(thing, () -> service.tick(seconds())));
        }
    }

    private void change(String thing, Callable<List<JobsMessage>> what) {
        try {
            List<JobsMessage> effects = what.call();
            look(thing, false);
            notify(effects);
        } catch (JobsException refused) {
            // As AWS refuses its creator.
            return;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // The device's side.

    /** Takes a request; whatever it changes is held against the ledger. */
    List<JobsMessage> handle(String thing, String topic, byte[] payload) {
        List<JobsMessage> effects = service.handle(topic, payload, seconds());
        look(thing, true);
        notify(effects);
        return effects;
    }

    private void notify(List<JobsMessage> effects) {
        effects.stream()
                .filter(JobsMessage.Notification.class::isInstance)
                .forEach(effect -> List.copyOf(connections).forEach(to -> to.deliver(effect)));
    }

    /** What a host does that has the end from nowhere. */
    void tellAsDevice(String thing, String job, String status) {
        handle(thing, "$aws/things/" + thing + "/jobs/" + job + "/update", update(status));
    }

    /** The end of one job is told to the next one. */
    void tellTheNext(UntoldEnd end) {
        String meant = end.thing() + "/" + end.jobId() + "/" + end.execution();
        head(end.thing())
                .filter(head -> !key(head).equals(meant))
                .ifPresent(head -> tellAsDevice(end.thing(), head.jobId(), end.intended()));
    }

    private Optional<Execution> head(String thing) {
        return service.list(thing).stream()
                .filter(execution -> !execution.status().isTerminal())
                .findFirst();
    }

    private void look(String thing, boolean byDevice) {
        Set<String> there = new HashSet<>();
        for (Execution execution : service.list(thing)) {
            there.add(key(execution));
            look(execution, byDevice);
        }
        executions.forEach((key, seen) -> {
            if (key.startsWith(thing + "/") && !there.contains(key)) {
                seen.state = "DELETED";
                seen.states.add("DELETED");
            }
        });
    }

    private void look(Execution execution, boolean byDevice) {
        String key = key(execution);
        Seen seen = executions.computeIfAbsent(key, made -> new Seen(jobs.get(execution.jobId())));
        ExecutionStatus now = execution.status();
        if (byDevice && !seen.details.equals(execution.statusDetails())) {
            world.judge.detailsTold(key, seen, execution.statusDetails());
        }
        seen.details = execution.statusDetails();
        if (!seen.is(now.name())) {
            seen.state = now.name();
            seen.states.add(seen.state);
            if (byDevice && BY_DEVICES.contains(now)) {
                world.judge.told(key, seen);
                if (world.planted == Planted.DISCARD_BEFORE_ANSWER) {
                    world.attemptsOf(key).forEach(this::lose);
                }
                world.point(now.isTerminal() ? "at AWS" : "in progress");
            }
        }
    }

    // The way there.

    void joined(AwsConnection connection) {
        connections.add(connection);
    }

    void left(AwsConnection connection) {
        connections.remove(connection);
    }

    /** The operating system closes what a dead process held. */
    void stationDied() {
        List.copyOf(connections).forEach(AwsConnection::close);
    }

    void goAway() {
        away = true;
        List.copyOf(connections).forEach(AwsConnection::cut);
    }

    /** Nothing goes wrong any more. */
    void calm(boolean staysAway) {
        away = staysAway;
        losesReplies = false;
        bucketIsAway = false;
        isBusy = false;
        outboxIsFull = false;
    }

    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    boolean losesThis() {
        return losesReplies && random.nextInt(3) == 0;
    }
}
