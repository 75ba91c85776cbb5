package dev.fotabridge.host.sequence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.JobsException;
import dev.fotabridge.fixtures.jobs.JobsMessage;
import dev.fotabridge.fixtures.jobs.JobsOptions;
import dev.fotabridge.fixtures.jobs.JobsService;
import dev.fotabridge.fixtures.jobs.JobsState;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * AWS IoT: the emulator's Jobs service behind a connection that can be cut, before or after anything that it carries.
 */
final class VirtualCloud implements JobsTransport {
    static final String THING = "dk-1";
    private static final long EPOCH = 1_700_000_000;

    private final SequenceWorld world;
    private final JobsService service = new JobsService(JobsState.EMPTY, VirtualStore::presigned);
    private final SequenceJudge judge;
    private Listener listener;
    private int connection;
    private boolean subscribed;
    private long downUntil;

    VirtualCloud(SequenceWorld world) {
        this.world = world;
        this.judge = new SequenceJudge(world);
        boolean bumps = world.testCase.setup().bumps();
        service.options(new JobsOptions(JobsOptions.EmptyQueueForm.NO_EXECUTION, true, bumps, 0));
    }

    static long seconds(long nanos) {
        return EPOCH + nanos / SequenceWorld.SECOND;
    }

    SequenceJudge judge() {
        return judge;
    }

    List<Execution> executions() {
        return service.list(THING);
    }

    /** A job for an image in the store. */
    void create(String id, BuiltImage image) {
        String path = "/" + image.version() + ".bin";
        world.store.put(path, image.bytes());
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("operation", "app_fw_update");
        document.putObject("location")
                .put("url", "${aws:iot:s3-presigned-url:https://" + VirtualStore.HOST + path + "}");
        if (world.testCase.setup().promises()) {
            document.put("size", image.bytes().length).put("sha256", image.fileSha256());
        }
        NewJob job = NewJob.of(id, THING, document)
                .withPresignSeconds(world.testCase.setup().presignSeconds());
        try {
            deliver(service.create(job, seconds(world.now())));
        } catch (JobsException e) {
            throw new AssertionError(e);
        }
    }

    /** The creator cancels what has not ended, by force. */
    void cancel() {
        Optional<Execution> open = open();
        if (open.isPresent()) {
            try {
                deliver(service.cancel(THING, open.get().jobId(), true, seconds(world.now())));
            } catch (JobsException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** The creator deletes what has not ended, and makes it anew under its name for another image. */
    void remake() {
        Optional<Execution> open = open();
        if (open.isPresent()) {
            String job = open.get().jobId();
            try {
                deliver(service.delete(THING, job, true, seconds(world.now())));
            } catch (JobsException e) {
                throw new AssertionError(e);
            }
            judge.remade(job, SequenceRun.OTHER);
            // Not in the same second: by the second in which it was queued an execution is told from another one.
            world.in(2 * SequenceWorld.SECOND, () -> create(job, SequenceRun.OTHER));
        }
    }

    private Optional<Execution> open() {
        return executions().stream()
                .filter(execution -> !execution.status().isTerminal())
                .findFirst();
    }

    /** Whether every execution has its end. */
    boolean isSettled() {
        return executions().stream().allMatch(execution -> execution.status().isTerminal());
    }

    void tick() {
        if (seconds(world.now()) >= service.deadline()) {
            deliver(service.tick(seconds(world.now())));
        }
    }

    /** Whether a host could not be told what was done to its jobs. */
    boolean isDown() {
        return world.now() < downUntil;
    }

    void cut(long nanos) {
        downUntil = world.now() + nanos;
        drop("The connection was cut.");
    }

    void hostDied() {
        connection++;
        listener = null;
        subscribed = false;
    }

    private void drop(String why) {
        Listener cut = listener;
        hostDied();
        if (cut != null) {
            cut.disconnected(new FotaException(Reason.CLOUD_UNREACHABLE, why));
        }
    }

    private void whileUp(int mine, Runnable action) {
        if (mine == connection && listener != null) {
            action.run();
        }
    }

    @Override
    public void connect(Listener fresh) {
        hostDied();
        listener = fresh;
        int mine = connection;
        world.point("mqtt: CONNECT");
        world.in(
                world.between(20, 400),
                () -> whileUp(mine, () -> {
                    if (isDown()) {
                        drop("The endpoint does not answer.");
                    } else {
                        world.point("mqtt: CONNACK");
                        whileUp(mine, () -> listener.connected());
                    }
                }));
    }

    @Override
    public void subscribe(List<String> filters) {
        int mine = connection;
        world.point("mqtt: SUBSCRIBE");
        world.in(
                world.between(20, 200),
                () -> whileUp(mine, () -> {
                    world.point("mqtt: SUBACK");
                    whileUp(mine, () -> {
                        subscribed = true;
                        listener.subscribed();
                    });
                }));
    }

    @Override
    public void unsubscribe(List<String> filters) {
        subscribed = false;
    }

    @Override
    public void publish(String topic, byte[] payload) {
        int mine = connection;
        world.point("mqtt: PUBLISH " + topic + " " + summary(payload));
        if (mine != connection || listener == null) {
            return;
        }
        judge.asks(topic, payload);
        // It is on its way: neither a cut nor a kill calls it back.
        world.in(world.between(10, 200), () -> {
            List<JobsMessage> effects =
                    judge.watch(this::executions, () -> service.handle(topic, payload, seconds(world.now())));
            deliver(effects, mine);
            world.point("aws: has handled " + topic);
        });
    }

    private static String summary(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        return text.replaceAll(".*\"status\":\"([A-Z_]+)\".*", "$1").replaceAll("\\{.*", "");
    }

    private void deliver(List<JobsMessage> effects) {
        deliver(effects, connection);
    }

    private void deliver(List<JobsMessage> effects, int asker) {
        for (JobsMessage effect : effects) {
            int to = effect instanceof JobsMessage.Reply ? asker : connection;
            byte[] payload = effect.body().toString().getBytes(StandardCharsets.UTF_8);
            world.in(world.between(10, 200), () -> whileUp(to, () -> arrive(to, effect.topic(), payload)));
        }
    }

    private void arrive(int mine, String topic, byte[] payload) {
        world.point("mqtt: message on " + topic);
        whileUp(mine, () -> {
            if (subscribed) {
                listener.message(topic, payload);
            }
        });
    }

    @Override
    public void disconnect() {
        hostDied();
    }

    @Override
    public void close() {
        hostDied();
    }
}
