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
     * Makes a station on one connection, an MQTT client of the application. It starts without things; returns at once.
     *
     * @param mqtt transport on the application's client, such as {@link FotaBridge#attach}; closed when the station is closed
     * @param listener called on threads of the library, for different things at the same time
     * @return the station, without things
     * @throws IllegalArgumentException if an argument is null
     */
    public static AwsFotaStation attach(JobsTransport mqtt, AwsFotaStationListener listener) {
        AwsFotaConfig.require(mqtt != null, "mqtt must not be null");
        AwsFotaConfig.require(listener != null, "listener must not be null");
        return new AwsFotaStation(StationConnections.single(mqtt, AwsFotaStation::pauses), listener);
    }

    /**
     * Makes a station that opens as many connections as its things need. It starts without things; returns at once.
     *
     * @param mqtt gives a connection by its number, from 1; each needs a client id of its own, see {@link FotaBridge#clientId};
     *     called by {@link #add} on its thread, when the connections before have no room for the thing
     * @param listener called on threads of the library, for different things at the same time
     * @return the station, without things
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

    /** {@return how many things one connection carries: 25, since AWS IoT allows 50 subscriptions and a thing takes two} */
    public static int capacity() {
        return StationConnection.capacity();
    }

    /**
     * Starts to work on a thing's jobs; returns at once. A failure is an ERROR event of this thing, as with {@link
     * AwsFota#attach}.
     *
     * @param config which thing, which board, and how
     * @throws IllegalArgumentException if the config is null
     * @throws IllegalStateException if the thing is here already, if no connection has room for it, or if this is closed
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
     * Ends the work on a thing's jobs; blocks as {@link AwsFota#close} does. A job under way stays IN_PROGRESS and goes on when
     * the thing is added again, here or elsewhere. Does nothing if the thing is not here.
     *
     * @param thing name of the thing
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

    /** {@return the names of the things whose jobs are worked on: added, not removed, and not ended by an ERROR} */
    public synchronized Set<String> things() {
        things.values().removeIf(fota -> !fota.isActive());
        return Set.copyOf(things.keySet());
    }

    /**
     * {@return the id of the job that is worked on for a thing, also while the listener takes its DONE or ERROR; empty if there
     * is none, or if the thing is not here}
     *
     * @param thing name of the thing
     */
    public synchronized Optional<String> jobId(String thing) {
        return Optional.ofNullable(things.get(thing)).flatMap(AwsFota::jobId);
    }

    /** Ends the work on all things' jobs; blocks as {@link AwsFota#close} does. The application's MQTT client stays connected. */
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
