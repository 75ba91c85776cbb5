package dev.fotabridge.host.api;

import java.util.List;

/**
 * Port: an MQTT connection. Every method returns at once; the {@link Listener} gets the result. A transport makes no attempt of
 * its own to connect again. An application whose MQTT client is not Paho's implements this port on it. The library
 * does not call two methods at a time, except {@link #close}, which any thread may call.
 */
public interface JobsTransport extends AutoCloseable {
    /**
     * Starts one attempt to connect, with a clean session. Exactly one of {@link Listener#connected} and {@link
     * Listener#disconnected} follows.
     *
     * @param listener gets everything about this connection
     */
    void connect(Listener listener);

    /**
     * Subscribes with QoS 1, in one SUBSCRIBE. One of {@link Listener#subscribed}, {@link Listener#refused} and {@link
     * Listener#disconnected} follows; the library does not subscribe again before that.
     *
     * @param filters topic filters, 1 to 8, since AWS IoT takes no more in a request
     */
    void subscribe(List<String> filters);

    /**
     * Ends subscriptions; no call of the listener follows.
     *
     * @param filters topic filters that were subscribed to, at least one
     */
    void unsubscribe(List<String> filters);

    /**
     * Publishes with QoS 1, not retained. A message is lost without notice when the connection is down: the library waits for
     * AWS's reply and asks again.
     *
     * @param topic where to publish
     * @param payload UTF-8 JSON
     */
    void publish(String topic, byte[] payload);

    /** Ends the connection if there is one; {@link Listener#disconnected} may follow. */
    void disconnect();

    /** Ends everything within a bounded time. No call of a listener begins afterwards. */
    @Override
    void close();

    /**
     * What the connection reports. The transport may call on any thread; the library only takes note and returns at once.
     */
    interface Listener {
        /** The connection is ready for subscribe and publish. */
        void connected();

        /** AWS has granted all filters of the last subscribe. */
        void subscribed();

        /**
         * AWS has refused these filters of the last subscribe and granted the others; the connection stays.
         *
         * @param filters those that are refused, at least one
         * @param cause CLOUD_POLICY, with the statement that the policy lacks
         */
        void refused(List<String> filters, FotaException cause);

        /**
         * A message came in.
         *
         * @param topic where it was published
         * @param payload belongs to the listener; at most 128 KiB, AWS IoT's limit
         */
        void message(String topic, byte[] payload);

        /**
         * The attempt to connect failed, or the connection is gone.
         *
         * @param cause why, with a reason such as CLOUD_UNREACHABLE or CLOUD_REFUSED
         */
        void disconnected(FotaException cause);
    }
}
