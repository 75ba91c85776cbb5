package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * As many connections as a station's things need: a thing joins the first that has room, and when none has, a further one
 * is made. Any thread may call.
 * Tested by StationConnectionIT.
 */
public final class StationConnections implements AutoCloseable {
    private final IntFunction<JobsTransport> transports;
    private final Supplier<ReconnectPolicy> policies;
    private final List<StationConnection> connections = new ArrayList<>();
    private boolean closed;

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

    /**
     * One connection that is there already, and no further one.
     *
     * @param transport closed when this is
     */
    public static StationConnections single(JobsTransport transport, Supplier<ReconnectPolicy> policies) {
        StationConnections one = new StationConnections(
                number -> {
                    throw new IllegalStateException(SharedConnection.FULL);
                },
                policies);
        one.connections.add(new StationConnection(transport, policies.get()));
        return one;
    }

    /** The first connection has the station's own client id, the others a number behind it: station-1-2. */
    public static String clientId(String station, int number) {
        return number == 1 ? station : station + "-" + number;
    }

    /**
     * Gives a thing a place, until its transport is closed.
     *
     * @throws IllegalArgumentException if this is no thing's name
     * @throws IllegalStateException if the thing has a place already, if there is no further connection, or if this is
     *     closed
     */
    public synchronized JobsTransport join(String thing) {
        if (closed) {
            throw new IllegalStateException("The station is closed.");
        }
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
        closed = true;
        connections.forEach(StationConnection::close);
    }
}
