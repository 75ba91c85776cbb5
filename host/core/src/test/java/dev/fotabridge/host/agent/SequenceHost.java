package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ThingJobs.Until;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.OpenBay;
import dev.fotabridge.host.bay.SharedParts;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.link.BoardLink;
import dev.fotabridge.host.link.LinkConfig;
import dev.fotabridge.host.link.RateBook;
import dev.fotabridge.host.sequence.SequenceWorld;
import dev.fotabridge.host.store.StateDirectory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One life of the host's process in a {@link SequenceWorld}: the agent as {@link AgentRun} puts it together. */
public final class SequenceHost implements BayLoop, EventSink {
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SILENCE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SequenceWorld world;

    private SequenceHost(SequenceWorld world) {
        this.world = world;
    }

    /**
     * Lives until the agent ends by itself, or is killed.
     *
     * @param life names this process
     */
    public static UpdateRecord live(SequenceWorld world, int life, boolean once, CompleteOn completeOn)
            throws FotaException {
        SequenceHost host = new SequenceHost(world);
        StateDirectory state = new StateDirectory(world.disk());
        BayContext program = new BayContext(state, "sequence", "life-" + life, host, new SharedParts());
        BoardLink link = new BoardLink(
                result -> result.complete(world.openLine()),
                new LinkConfig(world.startBaud(), SequenceWorld.CEILING_BAUD, SILENCE_LIMIT_NANOS, "sequence"),
                host::nonce,
                RateBook.NONE);
        UpdateOptions options =
                new UpdateOptions(Optional.empty(), completeOn, Optional.empty(), false, Optional.empty());
        Cloud cloud = new Cloud(world.jobs(), ReconnectPolicy.standard(world.random()), world.objects(), List.of());
        try (OpenBay bay = new OpenBay("virtual", () -> {}, host, link)) {
            AgentTask task = new AgentTask(SequenceWorld.THING, "the cloud", once ? Until.ONE_JOB : Until.INTERRUPTED);
            return new AgentRun(task, options, program, bay, cloud, host).run();
        }
    }

    private byte[] nonce() {
        byte[] nonce = new byte[8];
        world.random().nextBytes(nonce);
        return nonce;
    }

    @Override
    public long now() {
        return world.now();
    }

    @Override
    public void wake() {
        world.wake();
    }

    @Override
    public void resume() {
        // Each life has one command.
    }

    @Override
    public void interrupt() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isInterrupted() {
        return world.isOver();
    }

    @Override
    public void await(long deadline) {
        world.live(Math.min(deadline, world.now() + MAX_WAIT_NANOS));
    }

    @Override
    public void start(String name, Runnable work) {
        world.start(work);
    }

    @Override
    public boolean await(CountDownLatch gate, long nanos) {
        return world.await(gate, nanos);
    }

    @Override
    public void event(BayEvent event) {
        if (event instanceof BayEvent.PhaseEntered entered) {
            world.point("host: phase " + entered.phase());
        } else if (event instanceof BayEvent.Log log) {
            world.note("host: " + log.line());
        } else if (event instanceof BayEvent.BoardGone gone) {
            world.note("host: " + gone.message());
        }
        event.finalRecord().ifPresent(this::result);
    }

    private void result(UpdateRecord result) {
        world.point("host: result " + result.reason() + " " + result.message());
    }
}
