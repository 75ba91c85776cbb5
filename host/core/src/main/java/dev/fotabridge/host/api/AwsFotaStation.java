package dev.fotabridge.host.api;

import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.jobs.shared.StationConnection;
import dev.fotabridge.host.jobs.shared.StationConnections;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * AWS FOTA for several boards over few MQTT connections, usually one: one client id, and a certificate that may act for all
 * the things. Each board is worked on by a thread of its own, and one that fails leaves the others alone. Things may be
 * added and removed at any time, by any thread.
 */
public final class AwsFotaStation implements AutoCloseable {
    private final StationConnections connections;
    private final AwsFotaStationListener listener;
    private final Map<String, AwsFota> things = new LinkedHashMap<>();
    private final Map<Path, Bays> bays = new HashMap<>();

    private AwsFotaStation(StationConnections connections, AwsFotaStationListener listener) {
        this.connections = connections;
        this.listener = listener;
    }

    /**
     * Over one connection, an MQTT client that the application has; starts with no thing, returns at once.
     *
     * @param mqtt on the application's client, such as {@link FotaBridge#attach}; closed when this is
     * @throws IllegalArgumentException if an argument is null
     */
    public static AwsFotaStation attach(JobsTransport mqtt, AwsFotaStationListener listener) {
        AwsFotaConfig.require(mqtt != null, "mqtt must not be null");
        AwsFotaConfig.require(listener != null, "listener must not be null");
        return new AwsFotaStation(StationConnections.single(mqtt, AwsFotaStation::pauses), listener);
    }

    /**
     * Over as many connections as the things need; starts with no thing, returns at once.
     *
     * @param mqtt gives a connection by its number, from 1; each with a client id of its own, see {@link
     *     FotaBridge#clientId}; called when a thing is added that has no room on the ones before
     * @throws IllegalArgumentException if an argument is null
     */
    public static AwsFotaStation attach(IntFunction<JobsTransport> mqtt, AwsFotaStationListener listener) {
        AwsFotaConfig.require(mqtt != null, "mqtt must not be null");
        AwsFotaConfig.require(listener != null, "listener must not be null");
        return new AwsFotaStation(new StationConnections(mqtt, AwsFotaStation::pauses), listener);
    }

    private static ReconnectPolicy pauses() {
        return ReconnectPolicy.standard(new SecureRandom());
    }

    /** How many things one connection carries: AWS gives it 50 subscriptions, and a thing takes two. */
    public static int capacity() {
        return StationConnection.capacity();
    }

    /**
     * Begins to work on a thing's jobs; returns at once. What fails is told as an ERROR event of this thing, as with {@link
     * AwsFota#attach}.
     *
     * @throws IllegalArgumentException if there is no config
     * @throws IllegalStateException if the thing is here already, if there is no connection with room, or if this is closed
     */
    public synchronized void add(AwsFotaConfig config) {
        AwsFotaConfig.require(config != null, "config must not be null");
        String thing = config.thing();
        JobsTransport place = connections.join(thing);
        Bays shared = bays.computeIfAbsent(
                config.stateDirectory(), directory -> FotaBridge.open(directory, AwsFota.SOFTWARE));
        things.put(thing, AwsFota.attach(place, config, event -> listener.onEvent(thing, event), shared, () -> {}));
    }

    /**
     * Ends the work on a thing's jobs, within seconds; a job under way stays IN_PROGRESS and goes on when the thing is added
     * again, here or elsewhere. Nothing happens if it is not here.
     */
    public void remove(String thing) {
        AwsFota fota;
        synchronized (this) {
            fota = things.remove(thing);
        }
        if (fota != null) {
            fota.close();
        }
    }

    /** The things whose jobs are worked on: added, not removed, and not ended by an ERROR that no job can heal. */
    public synchronized Set<String> things() {
        things.values().removeIf(fota -> !fota.isActive());
        return Set.copyOf(things.keySet());
    }

    /** The job that is worked on for a thing; also while its DONE or ERROR is told. */
    public synchronized Optional<String> jobId(String thing) {
        return Optional.ofNullable(things.get(thing)).flatMap(AwsFota::jobId);
    }

    /** Ends all, within seconds. The application's MQTT client stays connected. */
    @Override
    public void close() {
        List<AwsFota> all;
        List<Bays> shared;
        synchronized (this) {
            all = new ArrayList<>(things.values());
            shared = new ArrayList<>(bays.values());
            things.clear();
            bays.clear();
        }
        all.forEach(AwsFota::interrupt);
        all.forEach(AwsFota::close);
        shared.forEach(Bays::close);
        connections.close();
    }
}
