package dev.fotabridge.host.station;

import dev.fotabridge.host.agent.AgentConfig;
import dev.fotabridge.host.agent.AgentRun;
import dev.fotabridge.host.agent.AgentTask;
import dev.fotabridge.host.agent.AttachedThing;
import dev.fotabridge.host.agent.Cloud;
import dev.fotabridge.host.bay.Bay;
import dev.fotabridge.host.bay.BayConfig;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.DeviceRun;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.FlashRun;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.bay.ThreadLoop;
import dev.fotabridge.host.bay.UpdateOptions;
import dev.fotabridge.host.bay.UpdateResult;
import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.host.jobs.JobsTransport;
import dev.fotabridge.host.link.PortInfo;
import dev.fotabridge.host.link.serial.PortList;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.store.ProcessLock;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.update.UpdateEvent;
import dev.fotabridge.protocol.board.BoardInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The composition root: one bay with one board, run by the thread that calls. Nothing here or below is static, so a process
 * may hold as many as there are boards. {@link #interrupt} may be called by any thread; it ends whatever runs, within
 * the bounded times of its parts.
 */
public final class Station {
    private final BayContext context;

    /**
     * Opens nothing yet.
     *
     * @param software name and version of this program, as boards and AWS are told; ASCII
     * @param session names this run of the program; 1 to 32 letters and digits, random
     */
    public Station(StateDirectory state, String software, String session) {
        this.context = new BayContext(state, software, session, new ThreadLoop());
    }

    /** Ends what runs; it returns INTERRUPTED, and the next start goes on. */
    public void interrupt() {
        context.loop().interrupt();
    }

    /** Brings a file to a board; blocks until that has ended. */
    public UpdateResult flash(Path file, UpdateOptions options, BayConfig bay, EventSink sink) {
        FlashRun run = new FlashRun(file, options, bay, context, sink);
        UpdateResult result;
        try {
            result = run.run();
        } catch (FotaException e) {
            result = run.failed(e);
        }
        sink.result(result);
        return result;
    }

    /** Works on the thing's jobs; blocks until that has ended. Each job has its own result at the sink. */
    public UpdateResult agent(AgentConfig config, UpdateOptions options, BayConfig bayConfig, EventSink sink) {
        try {
            // Read for every job anew; here so that a bad one is known before a job comes.
            PreparedImage.inspector(options.publicKey());
            ProcessLock lock = ProcessLock.ofThing(config.host() + ":" + config.port(), config.thing());
            try (lock;
                    Bay bay = Bay.open(bayConfig, context);
                    Cloud cloud = Cloud.connectable(config)) {
                cloud.warnings().forEach(warning -> sink.event(new UpdateEvent.Log(warning)));
                AgentTask task = new AgentTask(config.thing(), config.host(), config.once());
                return new AgentRun(task, options, context, bay, cloud, sink).run();
            }
        } catch (FotaException e) {
            return failed(e, sink);
        }
    }

    /**
     * The same over somebody else's MQTT connection: works on the thing's jobs until interrupted, or until something fails
     * that no job can heal.
     *
     * @param jobs closed in the end
     */
    public UpdateResult attached(
            AttachedThing thing, JobsTransport jobs, UpdateOptions options, BayConfig bayConfig, EventSink sink) {
        try (jobs) {
            ProcessLock lock = ProcessLock.ofThing(thing.address(), thing.name());
            try (lock;
                    Bay bay = Bay.open(bayConfig, context);
                    Cloud cloud = Cloud.attached(thing, jobs)) {
                AgentTask task = new AgentTask(thing.name(), thing.address(), false);
                return new AgentRun(task, options, context, bay, cloud, sink).run();
            }
        } catch (FotaException e) {
            return failed(e, sink);
        }
    }

    private static UpdateResult failed(FotaException e, EventSink sink) {
        UpdateEvent.Fota.atEnd(e.reason().outcome()).ifPresent(sink::event);
        UpdateResult result = UpdateResult.early(e.reason(), e.getMessage());
        sink.result(result);
        return result;
    }

    /** Says what a file is; with a public key, its signature is checked. */
    public ImageDescriptor inspect(Path file, Optional<Path> publicKey) throws FotaException {
        return PreparedImage.inspector(publicKey).inspect(file);
    }

    /** Asks a board who it is. */
    public BoardInfo deviceInfo(BayConfig bay, Duration timeout, Consumer<String> console) throws FotaException {
        try (DeviceRun run = new DeviceRun(bay, timeout, context, console)) {
            return run.info();
        }
    }

    /** Resets a board and waits for it. */
    public BoardInfo deviceReset(BayConfig bay, Duration timeout, Consumer<String> console) throws FotaException {
        try (DeviceRun run = new DeviceRun(bay, timeout, context, console)) {
            return run.reset();
        }
    }

    /** Listens to a board until interrupted, which is an INTERRUPTED like any other. */
    public void deviceConsole(BayConfig bay, Consumer<String> console) throws FotaException {
        try (DeviceRun run = new DeviceRun(bay, Duration.ZERO, context, console)) {
            run.listen();
        }
    }

    /** Where journals and images are kept. */
    public Path stateRoot() {
        return context.state().root();
    }

    /** The serial ports of this computer. */
    public List<PortInfo> ports() {
        return new PortList().list();
    }

    /** What commands of this bay need beside it. */
    public BayContext context() {
        return context;
    }
}
