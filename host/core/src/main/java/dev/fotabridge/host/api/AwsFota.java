package dev.fotabridge.host.api;

import dev.fotabridge.host.thread.WatchedThreads;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS FOTA for one board, inside an application that has an MQTT client of its own: a {@link Bay} that works on jobs, with the
 * events of the nRF Connect SDK's library. It works on a thread of its own from {@link #attach} to {@link #close}; any thread
 * may call its methods. Nothing is static: an application may hold as many as it has boards, each for a thing of its own; {@link
 * AwsFotaStation} lets them share a connection.
 * Tested by LibraryIT.
 */
public final class AwsFota implements AutoCloseable {
    /** Name of the program, as boards and AWS see it. */
    static final String SOFTWARE = "fota-bridge library";

    private static final Logger LOG = LoggerFactory.getLogger(AwsFota.class);
    private static final long CLOSE_SECONDS = 20;

    private final AwsFotaListener listener;
    private final Bay bay;
    private final Runnable afterwards;
    private final Subscription events;
    private final Thread worker;
    private volatile String jobId;

    private AwsFota(JobsTransport mqtt, AwsFotaConfig config, AwsFotaListener listener, Bay bay, Runnable afterwards) {
        this.listener = listener;
        this.bay = bay;
        this.afterwards = afterwards;
        events = bay.observe(this::take);
        worker = WatchedThreads.daemon("fota " + config.thing(), () -> work(mqtt, config), e -> failed(config, e));
    }

    /**
     * Starts to work on a thing's jobs; returns at once. A failure, now or later, is an ERROR event. If the outcome of its
     * reason is {@link Outcome#ERROR}, it is the last event, since no job can succeed then.
     *
     * @param mqtt transport on the application's client, such as {@link FotaBridge#attach}; closed when this is closed
     * @param config which thing, which board, and how
     * @param listener called on a thread of the library
     * @return what runs until {@link #close}
     * @throws IllegalArgumentException if an argument is null
     */
    public static AwsFota attach(JobsTransport mqtt, AwsFotaConfig config, AwsFotaListener listener) {
        AwsFotaConfig.require(mqtt != null, "mqtt must not be null");
        AwsFotaConfig.require(config != null, "config must not be null");
        AwsFotaConfig.require(listener != null, "listener must not be null");
        Bays own = FotaBridge.open(config.stateDirectory(), SOFTWARE);
        return attach(mqtt, config, listener, own, own::close);
    }

    /** @param afterwards run when this is closed */
    static AwsFota attach(
            JobsTransport mqtt, AwsFotaConfig config, AwsFotaListener listener, Bays bays, Runnable afterwards) {
        AwsFota fota = new AwsFota(mqtt, config, listener, bays.bay(config.board()), afterwards);
        fota.worker.start();
        return fota;
    }

    /** {@return the id of the job that is worked on, also while the listener takes its DONE or ERROR; empty if there is none} */
    public Optional<String> jobId() {
        return Optional.ofNullable(jobId);
    }

    /** {@return whether jobs are still worked on: not closed, and no ERROR has ended the work} */
    public boolean isActive() {
        return worker.isAlive();
    }

    /**
     * Ends the work and waits for that: a few seconds as a rule, at most about 40 s. The listener gets no further event; a call of
     * it that has begun may still be running. A job under way stays IN_PROGRESS and goes on at the next attach. The application's
     * MQTT client stays connected.
     */
    @Override
    public void close() {
        bay.close();
        try {
            worker.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        events.close();
        afterwards.run();
    }

    /** Begins to close, without waiting. */
    void interrupt() {
        bay.interrupt();
    }

    private void work(JobsTransport mqtt, AwsFotaConfig config) {
        ThingJobs jobs = new ThingJobs(
                config.host(),
                config.port(),
                config.thing(),
                new ThingJobs.Connection.Attached(mqtt),
                ThingJobs.Until.REFUSED,
                config.ca(),
                config.allowHosts(),
                config.proxies());
        bay.jobs(jobs, config.update());
    }

    /** The application must hear of a bug too. */
    private void failed(AwsFotaConfig config, Throwable cause) {
        listener.onEvent(new AwsFotaEvent(
                FotaEvent.ERROR, -1, Optional.of(Reason.INTERNAL_ERROR), "Something unforeseen happened: " + cause));
        LOG.error("AWS FOTA for {} met a bug", config.thing(), cause);
    }

    /** Turns what the bay tells into the six events; ends are told with their reason. */
    private void take(EventOrigin origin, BayEvent event) {
        if (event instanceof BayEvent.JobTaken job) {
            jobId = job.jobId();
        } else if (event instanceof BayEvent.Fota fota
                && fota.event() != FotaEvent.DONE
                && fota.event() != FotaEvent.ERROR) {
            listener.onEvent(new AwsFotaEvent(fota.event(), fota.percent(), Optional.empty(), ""));
        } else if (event instanceof BayEvent.Log log) {
            LOG.info("{}", log.line());
        }
        event.finalRecord().ifPresent(this::ended);
    }

    /** A cancelled job is an ERROR too: the callback is all that an application hears. */
    private void ended(UpdateRecord result) {
        Outcome outcome = result.reason().outcome();
        try {
            if (outcome != Outcome.INTERRUPTED) {
                boolean done = outcome == Outcome.SUCCEEDED || outcome == Outcome.UP_TO_DATE;
                FotaEvent type = done ? FotaEvent.DONE : FotaEvent.ERROR;
                listener.onEvent(new AwsFotaEvent(type, -1, Optional.of(result.reason()), result.message()));
            }
        } finally {
            jobId = null;
        }
    }
}
