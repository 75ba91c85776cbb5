package dev.fotabridge.host.bays;

import dev.fotabridge.host.agent.AgentRun;
import dev.fotabridge.host.agent.AgentTask;
import dev.fotabridge.host.agent.Cloud;
import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.BayObserver;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.Subscription;
import dev.fotabridge.host.api.ThingJobs;
import dev.fotabridge.host.api.UpdateForecast;
import dev.fotabridge.host.api.UpdateGate;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.DeviceRun;
import dev.fotabridge.host.bay.FlashRun;
import dev.fotabridge.host.bay.OpenBay;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.store.ProcessLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One board's place: runs a command at a time on the thread that calls, and tells the observers. */
final class BoardBay implements Bay {
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final BayConfig config;
    private final SharedBays bays;
    private final BayContext context;
    private final BayEvents events;

    private OpenBay open;
    private volatile String port;
    private FlashRun flash;
    private boolean busy;
    private boolean closed;

    BoardBay(BayConfig config, SharedBays bays) {
        this.config = config;
        this.bays = bays;
        this.context = new BayContext(
                bays.state(), bays.software(), bays.session(), bays.parts().loop(), bays.parts());
        this.events = new BayEvents(name(), context.loop(), bays.observers());
    }

    /** Work on the board. */
    @FunctionalInterface
    private interface Command<T> {
        T run() throws FotaException;
    }

    @Override
    public String name() {
        return config.port().or(config::serialNumber).orElse("the only board");
    }

    @Override
    public Optional<String> port() {
        return Optional.ofNullable(port);
    }

    @Override
    public BoardReport info(Duration timeout) throws FotaException {
        return command(() -> BoardReports.of(device(timeout).info()));
    }

    @Override
    public BoardReport reset(Duration timeout) throws FotaException {
        return command(() -> BoardReports.of(device(timeout).reset()));
    }

    @Override
    public void console() throws FotaException {
        command(() -> {
            device(Duration.ZERO).listen();
            return null;
        });
    }

    private DeviceRun device(Duration timeout) throws FotaException {
        return new DeviceRun(opened(), timeout, context.loop(), this::console);
    }

    @Override
    public UpdateRecord update(Path file, UpdateOptions options) {
        return update(() -> PreparedImage.of(file, options), options, UpdateGate.OPEN);
    }

    @Override
    public UpdateRecord update(UpdateImage image, UpdateOptions options, UpdateGate gate) {
        if (!(image instanceof LoadedImage loaded)) {
            throw new IllegalArgumentException("image must come from FotaBridge.image");
        }
        return update(() -> prepared(loaded, options), options, gate);
    }

    /** A key that was not known when the image was loaded may be asked for now. */
    private static PreparedImage prepared(LoadedImage image, UpdateOptions options) throws FotaException {
        PreparedImage prepared = options.publicKey().isPresent()
                ? PreparedImage.of(image.file(), options.publicKey())
                : image.prepared();
        prepared.requireFor(options);
        return prepared;
    }

    private UpdateRecord update(FlashRun.ImageToFlash image, UpdateOptions options, UpdateGate gate) {
        return recorded(() -> {
            FlashRun run = new FlashRun(image, options, this::opened, context, events, gate);
            toCancel(run);
            UpdateRecord record = flash(run);
            toCancel(null);
            events.ended(record);
            return record;
        });
    }

    private synchronized void toCancel(FlashRun run) {
        flash = run;
    }

    @Override
    public synchronized void cancel(RunEnd why) {
        if (flash != null) {
            flash.cancel(why);
        }
    }

    private static UpdateRecord flash(FlashRun run) {
        try {
            return run.run();
        } catch (FotaException e) {
            return run.failed(e);
        }
    }

    @Override
    public UpdateForecast forecast(Path file, UpdateOptions options) {
        Forecasts forecasts = new Forecasts(this::opened, context, events, config.baud());
        try {
            return command(() -> forecasts.of(file, options));
        } catch (FotaException e) {
            return forecasts.refused(e);
        }
    }

    @Override
    public UpdateRecord jobs(ThingJobs jobs, UpdateOptions options) {
        try {
            return recorded(() -> agent(jobs, options));
        } finally {
            if (jobs.connection() instanceof ThingJobs.Connection.Attached attached) {
                attached.transport().close();
            }
        }
    }

    private UpdateRecord agent(ThingJobs jobs, UpdateOptions options) throws FotaException {
        // Read for every job anew; here so that a bad one is known before a job comes.
        PreparedImage.inspector(options.publicKey());
        ProcessLock lock = ProcessLock.ofThing(jobs.address(), jobs.thing());
        try (lock) {
            OpenBay bay = opened();
            try (Cloud cloud = Cloud.of(jobs, bays.parts().objects())) {
                cloud.warnings().forEach(this::log);
                AgentTask task = new AgentTask(jobs.thing(), jobs.address(), jobs.until());
                return new AgentRun(task, options, context, bay, cloud, events).run();
            }
        }
    }

    /** Whatever ends it, there is a record. */
    private UpdateRecord recorded(Command<UpdateRecord> command) {
        try {
            return command(command);
        } catch (FotaException e) {
            UpdateRecord record = UpdateRecord.early(e.reason(), e.getMessage());
            events.ended(record);
            return record;
        }
    }

    private <T> T command(Command<T> command) throws FotaException {
        begin();
        try {
            return command.run();
        } finally {
            end();
        }
    }

    private synchronized void begin() throws FotaException {
        if (closed) {
            throw new FotaException(Reason.INTERRUPTED, "The bay " + name() + " is closed.");
        }
        if (busy) {
            throw new IllegalStateException("another command runs at the bay " + name());
        }
        busy = true;
        context.loop().resume();
        if (bays.isInterrupted()) {
            context.loop().interrupt();
        }
        events.begin(bays.nextRun());
    }

    private synchronized void end() {
        busy = false;
        if (closed) {
            giveBack();
        }
        notifyAll();
    }

    /** On the thread of the command. */
    private OpenBay opened() throws FotaException {
        if (open == null) {
            open = OpenBay.open(config, context);
            port = open.port();
        }
        open.settle(this::console);
        return open;
    }

    private void console(String line) {
        events.event(new BayEvent.Log(line, true));
    }

    private void log(String line) {
        events.event(new BayEvent.Log(line));
    }

    @Override
    public synchronized void interrupt() {
        if (busy) {
            context.loop().interrupt();
        }
    }

    @Override
    public Subscription observe(BayObserver observer) {
        return events.add(observer);
    }

    @Override
    public void close() {
        synchronized (this) {
            // In this order and under one lock: a command that begins meanwhile is refused or interrupted.
            closed = true;
            interrupt();
            awaitIdle();
            if (!busy) {
                giveBack();
            }
        }
        bays.left(this);
    }

    private void awaitIdle() {
        long deadline = System.nanoTime() + CLOSE_NANOS;
        try {
            for (long left = CLOSE_NANOS; busy && left > 0; left = deadline - System.nanoTime()) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBack() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
