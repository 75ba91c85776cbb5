package dev.fotabridge.host.jobs.paho;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** Hands everything on to an application's callback, and tells of every connection: a client has one callback only. */
final class SharedCallback implements MqttCallbackExtended {
    private final MqttCallback application;
    private final Runnable connected;

    SharedCallback(MqttCallback application, Runnable connected) {
        this.application = application;
        this.connected = connected;
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        connected.run();
        if (application instanceof MqttCallbackExtended extended) {
            extended.connectComplete(reconnect, serverUri);
        }
    }

    @Override
    public void connectionLost(Throwable cause) {
        application.connectionLost(cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws Exception {
        application.messageArrived(topic, message);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        application.deliveryComplete(token);
    }
}
