package dev.fotabridge.host.api;

import java.util.List;

/**
 * Port: an MQTT connection. Every method returns at once; what becomes of it is told to the {@link Listener}. A transport
 * makes no attempt of its own to connect again. An application that has its own MQTT client implements this port on it.
 */
public interface JobsTransport extends AutoCloseable {
    /** Starts one attempt. Exactly one of connected and disconnected follows; the session is clean. */
    void connect(Listener listener);

    /**
     * Subscribes with QoS 1, in one SUBSCRIBE; subscribed follows, or refused, or disconnected. The next call waits until
     * one of them has.
     *
     * @param filters 1 to 8, since AWS takes no more in a request
     */
    void subscribe(List<String> filters);

    /** Ends these subscriptions; nothing follows. */
    void unsubscribe(List<String> filters);

    /** Publishes with QoS 1, not retained. Lost silently when the connection is down: replies are what counts. */
    void publish(String topic, byte[] payload);

    /** Ends the connection, if there is one; disconnected follows. */
    void disconnect();

    /** Ends everything within a bounded time. No listener is called afterwards. */
    @Override
    void close();

    /** Inputs from the connection, on any thread. Implementations only note them down and return at once. */
    interface Listener {
        /** Ready for subscribe and publish. */
        void connected();

        /** All filters of the last subscribe are granted. */
        void subscribed();

        /**
         * The server grants these filters of the last subscribe not, and the others; the connection stays.
         *
         * @param filters those that it refuses, at least one
         * @param cause CLOUD_POLICY, with the statement that is missing
         */
        void refused(List<String> filters, FotaException cause);

        /** A message came in; the payload belongs to the listener. */
        void message(String topic, byte[] payload);

        /** The attempt failed, or the connection is gone. The cause says why, with a Reason. */
        void disconnected(FotaException cause);
    }
}
