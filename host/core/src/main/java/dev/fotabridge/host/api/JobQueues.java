package dev.fotabridge.host.api;

import java.util.List;

/**
 * The job queues of many things over few MQTT connections, usually one. {@link Bays#queues} makes it. A connection carries {@link
 * AwsFotaStation#capacity} things; connects, subscriptions and publishes keep to AWS's rates. Any thread may call.
 */
public interface JobQueues extends AutoCloseable {
    /**
     * Joins a thing: connects, and asks for its jobs. Returns at once; what comes of it are events.
     *
     * @param thing name of the thing: 1 to 128 letters, digits, colons, underscores and hyphens
     * @param untold ends that AWS has not answered, the oldest first; they are told before anything else
     * @return to be closed by the caller, or by {@link #close}
     * @throws FotaException THING_BUSY if another process of this computer works for the thing; LOCK_UNAVAILABLE
     * @throws IllegalArgumentException if this is no thing's name
     * @throws IllegalStateException if the thing has joined already, if no connection has room for it, or if this is closed
     */
    JobQueue join(String thing, List<JobEnd> untold) throws FotaException;

    /** Leaves with all things, and ends the connections and the thread within a bounded time. Closing again does nothing. */
    @Override
    void close();
}
