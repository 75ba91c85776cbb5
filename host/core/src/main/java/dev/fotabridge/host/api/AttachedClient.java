package dev.fotabridge.host.api;

import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;

/**
 * A transport on an MQTT client of the application. The application connects, reconnects and closes the client; the library
 * only subscribes and publishes.
 *
 * <p>The transport must know when the client has connected again, since a clean session has lost its subscriptions: give the
 * client the callback of {@link #beside}, or call {@link #reconnected} from {@code MqttCallbackExtended.connectComplete}. Any
 * thread may call. The library calls the client from a thread of its own, never from a callback of the client.
 */
public interface AttachedClient extends JobsTransport {
    /**
     * Returns a callback for the client, which notes each connection and passes every call on to the application's callback.
     *
     * @param application the application's own callback
     * @return to be given to {@code setCallback} of the client
     * @throws IllegalArgumentException if the callback is null
     */
    MqttCallbackExtended beside(MqttCallback application);

    /** Takes note that the client has connected, for the first time or again, and subscribes again. Returns at once. */
    void reconnected();
}
