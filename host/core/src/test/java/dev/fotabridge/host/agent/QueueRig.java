package dev.fotabridge.host.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.JobsException;
import dev.fotabridge.fixtures.jobs.JobsMessage;
import dev.fotabridge.fixtures.jobs.JobsService;
import dev.fotabridge.fixtures.jobs.JobsState;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.fixtures.jobs.Presigner;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.bay.SharedImages;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.store.StateDirectory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** A thing's queue at the emulator's Jobs service, in virtual time: what is asked is answered at once, unless AWS is away. */
final class QueueRig implements JobsTransport, BayLoop {
    static final String THING = "dk-1";
    private static final long SECOND = 1_000_000_000L;
    private static final long EPOCH = 1_700_000_000;

    final List<JobQueueEvent> events = new ArrayList<>();
    final List<String> published = new ArrayList<>();
    private final JobsService aws = new JobsService(JobsState.EMPTY, Presigner.NONE);
    private final SplittableRandom random = new SplittableRandom(1);
    private ThingJobQueue queue;
    private Listener listener;
    private boolean isAway;
    private boolean losesReplies;
    private long now;
    private int lives;

    /** Starts, or starts again, with the ends that its caller kept. */
    ThingJobQueue start(JobEnd... left) {
        lives++;
        listener = null;
        ThingJobQueue.Program program = new ThingJobQueue.Program(
                "test", "life-" + lives, this, StateDirectory.NONE, new SharedImages(), null, image -> null);
        queue = new ThingJobQueue(THING, List.of(left), program, this, ReconnectPolicy.standard(random));
        pass(0);
        return queue;
    }

    void create(String id, String document) throws Exception {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("location").put("url", document);
        deliver(aws.create(NewJob.of(id, THING, json), seconds()));
    }

    void create(String id) throws Exception {
        create(id, "https://example.com/fw.bin");
    }

    void cancel(String id) throws JobsException {
        deliver(aws.cancel(THING, id, true, seconds()));
    }

    void delete(String id) throws JobsException {
        deliver(aws.delete(THING, id, true, seconds()));
    }

    Execution execution(String id) throws JobsException {
        return aws.show(THING, id);
    }

    /** AWS does not answer any more; the connection is gone. */
    void goAway() {
        isAway = true;
        Listener cut = listener;
        listener = null;
        if (cut != null) {
            cut.disconnected(new FotaException(Reason.CLOUD_UNREACHABLE, "AWS is away."));
        }
        pass(0);
    }

    void comeBack() {
        isAway = false;
        pass(70 * SECOND);
    }

    /** From now on AWS does what it is asked, and its answers are lost. */
    void loseReplies(boolean loses) {
        losesReplies = loses;
    }

    /** Lets time pass, second by second. */
    void pass(long nanos) {
        long end = now + nanos;
        settle();
        while (now < end) {
            now = Math.min(end, now + SECOND);
            deliver(aws.tick(seconds()));
            settle();
        }
    }

    /** Every answer is there with the next step. */
    private void settle() {
        int seen = -1;
        while (seen != published.size()) {
            seen = published.size();
            for (int i = 0; i < 4; i++) {
                queue.step(now);
            }
            for (JobQueueEvent event = queue.poll(); event != null; event = queue.poll()) {
                events.add(event);
            }
        }
    }

    <T extends JobQueueEvent> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends JobQueueEvent> T last(Class<T> kind) {
        List<T> all = all(kind);
        if (all.isEmpty()) {
            throw new AssertionError("no " + kind.getSimpleName() + " in " + events);
        }
        return all.get(all.size() - 1);
    }

    private long seconds() {
        return EPOCH + now / SECOND;
    }

    private void deliver(List<JobsMessage> effects) {
        if (listener != null && !losesReplies) {
            effects.forEach(effect ->
                    listener.message(effect.topic(), effect.body().toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    // The connection.

    @Override
    public void connect(Listener fresh) {
        if (isAway) {
            fresh.disconnected(new FotaException(Reason.CLOUD_UNREACHABLE, "AWS is away."));
        } else {
            listener = fresh;
            fresh.connected();
        }
    }

    @Override
    public void subscribe(List<String> filters) {
        listener.subscribed();
    }

    @Override
    public void unsubscribe(List<String> filters) {}

    @Override
    public void publish(String topic, byte[] payload) {
        if (listener != null) {
            published.add(topic + " " + new String(payload, StandardCharsets.UTF_8));
            deliver(aws.handle(topic, payload, seconds()));
        }
    }

    @Override
    public void disconnect() {
        listener = null;
    }

    @Override
    public void close() {
        listener = null;
    }

    // The loop.

    @Override
    public long now() {
        return now;
    }

    @Override
    public void wake() {}

    @Override
    public void interrupt() {}

    @Override
    public void resume() {}

    @Override
    public boolean isInterrupted() {
        return false;
    }

    @Override
    public void await(long deadline) {}

    @Override
    public void start(String subject, Runnable work) {
        throw new AssertionError("nothing is downloaded here");
    }

    @Override
    public boolean await(CountDownLatch gate, long nanos) {
        return true;
    }
}
