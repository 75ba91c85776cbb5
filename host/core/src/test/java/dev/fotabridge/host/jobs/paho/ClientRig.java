package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.JobsAgent;
import dev.fotabridge.host.jobs.JobsAgentConfig;
import dev.fotabridge.host.jobs.JobsClient;
import dev.fotabridge.host.jobs.JobsEvent;
import dev.fotabridge.host.jobs.Outbox;
import dev.fotabridge.host.jobs.OutboxStore;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.jobs.StatusDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Agent, client and transport, driven by the test's own thread as a station would. */
final class ClientRig implements AutoCloseable {
    final List<JobsEvent> seen = new ArrayList<>();
    private final Semaphore work = new Semaphore(0);
    private final JobsClient client;

    ClientRig(MqttSettings settings, SSLContext tls, String thing) throws Exception {
        this(new PahoJobsTransport(settings, tls), thing);
    }

    ClientRig(JobsTransport transport, String thing) throws Exception {
        JobsAgent agent = new JobsAgent(
                new JobsAgentConfig(thing, "rig", 60, Duration.ofSeconds(2).toNanos()), new Outbox(new NoStore()));
        client = new JobsClient(agent, transport, quickly(), work::release);
    }

    static ReconnectPolicy quickly() {
        return new ReconnectPolicy(new SplittableRandom(1), 50_000_000L, 200_000_000L);
    }

    JobsAgent agent() {
        return client.agent();
    }

    void report(String phase) {
        agent().report(offered(), StatusDetails.builder().phase(phase).build(), System.nanoTime());
    }

    void succeed() throws FotaException {
        agent().finish(offered(), JobStatus.SUCCEEDED, StatusDetails.none(), System.nanoTime());
    }

    private ExecutionId offered() {
        return agent().offered().orElseThrow();
    }

    /** Runs until an event of this kind comes, which takes milliseconds, or fails after a minute. */
    <T extends JobsEvent> T await(Class<T> kind) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            client.step(System.nanoTime());
            for (JobsEvent event = client.poll(); event != null; event = client.poll()) {
                seen.add(event);
                if (kind.isInstance(event)) {
                    return kind.cast(event);
                }
            }
            long wait = Math.min(client.deadline() - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(200));
            if (work.tryAcquire(Math.max(wait, 0), TimeUnit.NANOSECONDS)) {
                work.drainPermits();
            }
        }
        throw new AssertionError("no " + kind.getSimpleName() + " in " + seen + ", " + agent());
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class NoStore implements OutboxStore {
        @Override
        public List<FinalState> load() {
            return List.of();
        }

        @Override
        public void save(FinalState state) {}

        @Override
        public void remove(ExecutionId id) {}
    }
}
