package dev.fotabridge.host.api;

import dev.fotabridge.host.agent.AttachedThing;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.UpdateResult;
import dev.fotabridge.host.jobs.JobsTransport;
import dev.fotabridge.host.outcome.Outcome;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.station.Station;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.thread.WatchedThreads;
import dev.fotabridge.host.update.FotaEvent;
import dev.fotabridge.host.update.UpdateEvent;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS FOTA for one board, inside an application that has an MQTT client of its own. It works on a thread of its own from
 * {@link #attach} to {@link #close}; any thread may call its methods. Nothing is static: an application may hold as many as
 * it has boards, each for a thing of its own; {@link AwsFotaStation} lets them share a connection.
 */
public final class AwsFota implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AwsFota.class);
    private static final long CLOSE_SECONDS = 20;

    private final Station station;
    private final AwsFotaListener listener;
    private final Thread worker;
    private volatile String jobId;

    private AwsFota(JobsTransport mqtt, AwsFotaConfig config, AwsFotaListener listener) {
        this.listener = listener;
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        StateDirectory state = new StateDirectory(config.stateDirectory());
        station = new Station(state, "fota-bridge library", HexFormat.of().formatHex(random));
        worker = WatchedThreads.daemon("fota " + config.thing(), () -> work(mqtt, config), e -> failed(config, e));
    }

    /**
     * Starts; returns at once. What fails, now or later, is told as an ERROR event; one whose reason is of the outcome ERROR
     * is the last, for no job can heal it.
     *
     * @param mqtt on the application's client, such as {@code AttachedPahoTransport}; closed when this is
     * @throws IllegalArgumentException if an argument is null
     */
    public static AwsFota attach(JobsTransport mqtt, AwsFotaConfig config, AwsFotaListener listener) {
        AwsFotaConfig.require(mqtt != null, "mqtt must not be null");
        AwsFotaConfig.require(config != null, "config must not be null");
        AwsFotaConfig.require(listener != null, "listener must not be null");
        AwsFota fota = new AwsFota(mqtt, config, listener);
        fota.worker.start();
        return fota;
    }

    /** The job that is worked on; also while its DONE or ERROR is told. */
    public Optional<String> jobId() {
        return Optional.ofNullable(jobId);
    }

    /** Whether jobs are still worked on: not closed, and no ERROR has ended it. */
    public boolean isActive() {
        return worker.isAlive();
    }

    /**
     * Ends within seconds. A job under way stays IN_PROGRESS and goes on at the next attach. The application's MQTT client
     * stays connected.
     */
    @Override
    public void close() {
        interrupt();
        if (Thread.currentThread() == worker) {
            return;
        }
        try {
            worker.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins to close, without waiting. */
    void interrupt() {
        station.interrupt();
    }

    private void work(JobsTransport mqtt, AwsFotaConfig config) {
        AttachedThing thing = new AttachedThing(
                config.host(), config.port(), config.thing(), config.ca(), config.allowHosts(), config.proxies());
        station.attached(thing, mqtt, config.update(), config.board(), new EventRenderer());
    }

    /** The application must hear of a bug too. */
    private void failed(AwsFotaConfig config, Throwable cause) {
        tell(new AwsFotaEvent(
                FotaEvent.ERROR, -1, Optional.of(Reason.INTERNAL_ERROR), "Something unforeseen happened: " + cause));
        LOG.error("AWS FOTA for {} met a bug", config.thing(), cause);
    }

    /** An application's bug must not end an update. */
    private void tell(AwsFotaEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) {
            LOG.error("the application's listener failed at {}", event.type(), e);
        }
    }

    /** Turns what a bay tells into the six events. */
    private final class EventRenderer implements EventSink {
        @Override
        public void board(String name) {
            // Which board it is was the application's choice.
        }

        @Override
        public void job(String id) {
            jobId = id;
        }

        /** Ends are told with their reason, by {@link #result}. */
        @Override
        public void event(UpdateEvent event) {
            if (event instanceof UpdateEvent.Fota fota) {
                boolean end = fota.event() == FotaEvent.DONE || fota.event() == FotaEvent.ERROR;
                if (!end) {
                    tell(new AwsFotaEvent(fota.event(), fota.percent(), Optional.empty(), ""));
                }
            } else if (event instanceof UpdateEvent.Log log) {
                LOG.info("{}", log.line());
            }
        }

        /** A cancelled job is an ERROR too: the callback is all that an application hears. */
        @Override
        public void result(UpdateResult result) {
            Outcome outcome = result.reason().outcome();
            if (outcome != Outcome.INTERRUPTED) {
                boolean done = outcome == Outcome.SUCCEEDED || outcome == Outcome.UP_TO_DATE;
                FotaEvent type = done ? FotaEvent.DONE : FotaEvent.ERROR;
                tell(new AwsFotaEvent(type, -1, Optional.of(result.reason()), result.message()));
            }
            jobId = null;
        }
    }
}
