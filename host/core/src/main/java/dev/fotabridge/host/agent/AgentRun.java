package dev.fotabridge.host.agent;

import dev.fotabridge.host.bay.Bay;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.UpdateOptions;
import dev.fotabridge.host.bay.UpdateResult;
import dev.fotabridge.host.outcome.FotaException;

/** Runs a {@link BoardAgent} on the calling thread. */
public final class AgentRun {
    private final BayLoop loop;
    private final Bay bay;
    private final EventSink sink;
    private final BoardAgent agent;

    /** Reads what earlier runs left; opens nothing yet. */
    public AgentRun(AgentTask task, UpdateOptions options, BayContext program, Bay bay, Cloud cloud, EventSink sink)
            throws FotaException {
        this.loop = program.loop();
        this.bay = bay;
        this.sink = sink;
        this.agent = new BoardAgent(task, options, program, bay, cloud, sink);
    }

    /**
     * Runs until one job is over with {@code --once}, else until interrupted.
     *
     * @throws FotaException what no job can heal
     */
    public UpdateResult run() throws FotaException {
        sink.board(bay.port());
        bay.listen();
        agent.waitForJob();
        try (agent) {
            UpdateResult result = next();
            while (!agent.isLast(result)) {
                result = next();
            }
            return result;
        }
    }

    private UpdateResult next() throws FotaException {
        UpdateResult result = null;
        while (result == null) {
            loop.await(agent.deadline());
            if (loop.isInterrupted()) {
                agent.interrupt(loop.now());
            } else {
                agent.step(loop.now());
            }
            result = agent.poll();
        }
        return result;
    }
}
