package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.host.jobs.JobsTransport;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * As many connections as a station's things need: a thing joins the first that has room, and when none has, a further one
 * is made. Any thread may call.
 */
public final class StationConnections implements AutoCloseable {
    private final IntFunction<JobsTransport> transports;
    private final Supplier<ReconnectPolicy> policies;
    private final List<StationConnection> connections = new ArrayList<>();

    /**
     * Makes no connection yet.
     *
     * @param transports gives the transport of a connection by its number, from 1; each needs a client id of its own, see
     *     {@link #clientId}
     * @param policies of a connection's pauses each
     */
    public StationConnections(IntFunction<JobsTransport> transports, Supplier<ReconnectPolicy> policies) {
        this.transports = transports;
        this.policies = policies;
    }

    /** The first connection has the station's own client id, the others a number behind it: station-1-2. */
    public static String clientId(String station, int number) {
        return number == 1 ? station : station + "-" + number;
    }

    /**
     * Gives a thing a place, until its transport is closed.
     *
     * @throws IllegalArgumentException if this is no thing's name
     * @throws IllegalStateException if the thing has a place already, or this is closed
     */
    public synchronized JobsTransport join(String thing) {
        if (connections.stream().anyMatch(connection -> connection.has(thing))) {
            throw new IllegalStateException("The thing " + thing + " is on a connection already.");
        }
        for (StationConnection connection : connections) {
            if (connection.hasRoom()) {
                return connection.join(thing);
            }
        }
        StationConnection further = new StationConnection(transports.apply(connections.size() + 1), policies.get());
        connections.add(further);
        return further.join(thing);
    }

    @Override
    public synchronized void close() {
        connections.forEach(StationConnection::close);
    }
}
