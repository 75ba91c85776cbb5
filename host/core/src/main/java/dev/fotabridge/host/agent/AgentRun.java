package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.OpenBay;

/** Runs a {@link BoardAgent} on the calling thread. Tested by AgentIT. */
public final class AgentRun {
    private final BayLoop loop;
    private final OpenBay bay;
    private final EventSink sink;
    private final BoardAgent agent;

    /** Reads what earlier runs left; opens nothing yet. */
    public AgentRun(AgentTask task, UpdateOptions options, BayContext program, OpenBay bay, Cloud cloud, EventSink sink)
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
    public UpdateRecord run() throws FotaException {
        sink.event(new BayEvent.BoardSeen(bay.port()));
        bay.listen();
        agent.waitForJob();
        try (agent) {
            UpdateRecord result = next();
            while (!agent.isLast(result)) {
                result = next();
            }
            return result;
        }
    }

    private UpdateRecord next() throws FotaException {
        UpdateRecord result = null;
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
