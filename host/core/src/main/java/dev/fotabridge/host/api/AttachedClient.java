package dev.fotabridge.host.api;

import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;

/**
 * A transport on an MQTT client that belongs to an application: it connects, reconnects and closes its client, the library only
 * subscribes and publishes.
 *
 * <p>It must know when the client has connected anew, for a clean session has lost its subscriptions: give the client the
 * callback of {@link #beside}, or call {@link #reconnected} from {@code MqttCallbackExtended.connectComplete}. Any thread may
 * call.
 */
public interface AttachedClient extends JobsTransport {
    /**
     * A callback for the client, which notes its connections and hands everything on to the application's.
     *
     * @throws IllegalArgumentException if there is none
     */
    MqttCallbackExtended beside(MqttCallback application);

    /** The client has connected, for the first time or again: subscriptions are made anew. Returns at once. */
    void reconnected();
}
