package dev.fotabridge.host.station;

import dev.fotabridge.host.doctor.Diagnosis;
import dev.fotabridge.host.doctor.Doctor;
import dev.fotabridge.host.doctor.DoctorConfig;
import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.host.jobs.JobsTransport;
import dev.fotabridge.host.link.PortInfo;
import dev.fotabridge.host.link.serial.PortList;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.update.UpdateEvent;
import dev.fotabridge.protocol.board.BoardInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The composition root: one bay with one board, run by the thread that calls. Nothing here or below is static, so a process
 * may hold as many as there are boards. {@link #interrupt} may be called by any thread; it ends whatever runs, within
 * the bounded times of its parts.
 */
public final class Station {
    private final StateDirectory state;
    private final String software;
    private final String session;
    private final BayLoop loop;

    /**
     * Opens nothing yet.
     *
     * @param software name and version of this program, as boards and AWS are told; ASCII
     * @param session names this run of the program; 1 to 32 letters and digits, random
     */
    public Station(StateDirectory state, String software, String session) {
        this(state, software, session, new ThreadLoop());
    }

    Station(StateDirectory state, String software, String session, BayLoop loop) {
        this.loop = loop;
        this.state = state;
        this.session = session;
        this.software = software.length() > 32 ? software.substring(0, 32) : software;
    }

    /** Ends what runs; it returns INTERRUPTED, and the next start goes on. */
    public void interrupt() {
        loop.interrupt();
    }

    /** Brings a file to a board; blocks until that has ended. */
    public UpdateResult flash(Path file, UpdateOptions options, BayConfig bay, EventSink sink) {
        FlashRun run = new FlashRun(file, options, bay, this, sink);
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
            ProcessLock lock = lockThing(config.host() + ":" + config.port(), config.thing());
            try (lock;
                    Bay bay = Bay.open(bayConfig, state, software, loop);
                    Cloud cloud = Cloud.connectable(config)) {
                cloud.warnings().forEach(warning -> sink.event(new UpdateEvent.Log(warning)));
                AgentTask task = new AgentTask(config.thing(), config.host(), config.once());
                return new AgentRun(task, options, this, bay, cloud, sink).run();
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
            ProcessLock lock = lockThing(thing.address(), thing.name());
            try (lock;
                    Bay bay = Bay.open(bayConfig, state, software, loop);
                    Cloud cloud = Cloud.attached(thing, jobs)) {
                AgentTask task = new AgentTask(thing.name(), thing.address(), false);
                return new AgentRun(task, options, this, bay, cloud, sink).run();
            }
        } catch (FotaException e) {
            return failed(e, sink);
        }
    }

    private static UpdateResult failed(FotaException e, EventSink sink) {
        Endings.event(e.reason()).ifPresent(sink::event);
        UpdateResult result = UpdateResult.early(e.reason(), e.getMessage());
        sink.result(result);
        return result;
    }

    /**
     * Two agents for one thing would end each other's connection for ever.
     *
     * @param address the endpoint's HOST:PORT
     */
    static ProcessLock lockThing(String address, String thing) throws FotaException {
        return ProcessLock.acquire("thing " + address + " " + thing, Reason.THING_BUSY, "The thing " + thing);
    }

    /** Says what a file is; with a public key, its signature is checked. */
    public ImageDescriptor inspect(Path file, Optional<Path> publicKey) throws FotaException {
        return PreparedImage.inspector(publicKey).inspect(file);
    }

    /** Asks a board who it is. */
    public BoardInfo deviceInfo(BayConfig bay, Duration timeout, Consumer<String> console) throws FotaException {
        try (DeviceRun run = new DeviceRun(bay, timeout, this, console)) {
            return run.info();
        }
    }

    /** Resets a board and waits for it. */
    public BoardInfo deviceReset(BayConfig bay, Duration timeout, Consumer<String> console) throws FotaException {
        try (DeviceRun run = new DeviceRun(bay, timeout, this, console)) {
            return run.reset();
        }
    }

    /** Listens to a board until interrupted, which is an INTERRUPTED like any other. */
    public void deviceConsole(BayConfig bay, Consumer<String> console) throws FotaException {
        try (DeviceRun run = new DeviceRun(bay, Duration.ZERO, this, console)) {
            run.listen();
        }
    }

    /** Looks at everything that an agent needs, and changes nothing; blocks for seconds, or minutes if nothing answers. */
    public Diagnosis doctor(DoctorConfig config, Optional<BayConfig> bay, Duration patience) throws FotaException {
        try (DoctorRun run = new DoctorRun(config, bay, patience, this)) {
            return new Doctor(config, run).examine(Instant.now(), session);
        }
    }

    /** Where journals and images are kept. */
    public Path stateRoot() {
        return state.root();
    }

    /** The serial ports of this computer. */
    public List<PortInfo> ports() {
        return new PortList().list();
    }

    BayLoop loop() {
        return loop;
    }

    StateDirectory state() {
        return state;
    }

    String session() {
        return session;
    }

    String software() {
        return software;
    }
}
