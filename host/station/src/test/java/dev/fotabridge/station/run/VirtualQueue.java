package dev.fotabridge.station.run;

import dev.fotabridge.host.agent.ThingJobQueue;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobProgress;
import dev.fotabridge.host.api.JobQueue;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.bay.SharedImages;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.store.StateDirectory;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * The shipped job queue of a thing in virtual time. Its events come to the station a moment later, as from another thread. Only the
 * download is left out: {@code SequenceSweepSimTest} plays that.
 */
final class VirtualQueue implements JobQueue, BayLoop {
    private static final long MILLI = 1_000_000L;

    private final StationWorld world;
    private final AwsLife life;
    private final ThingJobQueue queue;
    private boolean open = true;
    private long stepAt = Long.MAX_VALUE;
    private ExecutionKey offered;
    private ExecutionKey fetching;

    VirtualQueue(StationWorld world, AwsLife life, String thing, List<JobEnd> untold, Random random) {
        this.world = world;
        this.life = life;
        ThingJobQueue.Program program = new ThingJobQueue.Program(
                "test", "life-" + life.number(), this, StateDirectory.NONE, new SharedImages(), null, image -> null);
        queue = new ThingJobQueue(
                thing, untold, program, new AwsConnection(world, thing), ReconnectPolicy.standard(random));
        wake();
    }

    @Override
    public long now() {
        return world.now();
    }

    @Override
    public void wake() {
        stepAt(world.now());
    }

    private void stepAt(long due) {
        if (open && due < stepAt) {
            stepAt = due;
            life.quietly(due - world.now(), () -> {
                if (open && stepAt == due) {
                    step();
                }
            });
        }
    }

    private void step() {
        stepAt = Long.MAX_VALUE;
        queue.step(world.now());
        for (JobQueueEvent event = queue.poll(); event != null; event = queue.poll()) {
            note(event);
            tell(event);
        }
        if (queue.deadline() != Long.MAX_VALUE) {
            stepAt(Math.max(queue.deadline(), world.now()));
        }
    }

    private void note(JobQueueEvent event) {
        if (event instanceof JobQueueEvent.Offered offer) {
            offered = offer.offer().execution();
            fetching = null;
        } else if (event instanceof JobQueueEvent.Gone gone) {
            over(gone.execution());
        } else if (event instanceof JobQueueEvent.Answered answered) {
            over(answered.execution());
        }
    }

    private void over(ExecutionKey execution) {
        if (execution.equals(offered)) {
            offered = null;
            fetching = null;
        }
    }

    private void tell(JobQueueEvent event) {
        world.inStation(10 * MILLI, station -> life.event(thing(), event));
    }

    @Override
    public String thing() {
        return queue.thing();
    }

    @Override
    public void fetch(ExecutionKey execution, UpdateOptions options) {
        if (!execution.equals(offered)) {
            tell(new JobQueueEvent.NotFetched(execution, Reason.NO_JOB, "It is not offered."));
        } else if (fetching == null) {
            fetching = execution;
            life.quietly(world.aws.between(100, 3_000) * MILLI, () -> {
                if (open && execution.equals(fetching)) {
                    fetching = null;
                    tell(fetched(execution));
                }
            });
        }
    }

    private JobQueueEvent fetched(ExecutionKey execution) {
        VirtualAws.Content content = world.aws.seen(life.key(thing(), execution)).content;
        if (world.aws.bucketIsAway) {
            return new JobQueueEvent.NotFetched(execution, Reason.DOWNLOAD_TIMEOUT, "The bucket is away.");
        }
        return switch (content) {
            case MISSING -> new JobQueueEvent.NotFetched(execution, Reason.DOWNLOAD_NOT_FOUND, "No such object.");
            case REFUSED -> new JobQueueEvent.NotFetched(execution, Reason.IMAGE_SIGNATURE, "Wrong signature.");
            default -> new JobQueueEvent.Fetched(execution, new Image(content));
        };
    }

    /** An image that has passed every check. */
    private record Image(VirtualAws.Content content) implements UpdateImage {
        @Override
        public boolean isModemDelta() {
            return content == VirtualAws.Content.MODEM_DELTA;
        }

        @Override
        public int fileSize() {
            return 1;
        }

        @Override
        public String fileSha256() {
            return content.file;
        }

        @Override
        public Optional<String> imageHash() {
            return Optional.of(content.hash).filter(hash -> !hash.isEmpty());
        }

        @Override
        public Optional<String> version() {
            return Optional.of("2.0.0");
        }

        @Override
        public boolean hasStub() {
            return true;
        }

        @Override
        public Signature signature() {
            return Signature.VALID;
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }
    }

    @Override
    public void take(ExecutionKey execution, JobProgress progress) {
        queue.take(execution, progress, world.now());
        wake();
    }

    @Override
    public void report(ExecutionKey execution, JobProgress progress) {
        queue.report(execution, progress, world.now());
        wake();
    }

    @Override
    public void finish(JobEnd end) {
        queue.finish(end, world.now());
        wake();
    }

    @Override
    public void close() {
        open = false;
        queue.close();
        life.left(this);
    }

    // Nobody ends it, and it downloads nothing.

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
