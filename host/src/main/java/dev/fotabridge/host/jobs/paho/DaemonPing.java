package dev.fotabridge.host.jobs.paho;

import java.util.Timer;
import java.util.TimerTask;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;

/** Keep-alive on a daemon thread: Paho's own timer, left behind by a client that hangs, would keep the process alive. */
final class DaemonPing implements MqttPingSender {
    private ClientComms connection;
    private Timer timer;

    @Override
    public synchronized void init(ClientComms comms) {
        connection = comms;
    }

    @Override
    public synchronized void start() {
        timer = new Timer("MQTT Ping: " + connection.getClient().getClientId(), true);
        schedule(connection.getKeepAlive());
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    @Override
    public synchronized void schedule(long delayMillis) {
        if (timer != null) {
            timer.schedule(new Check(connection), delayMillis);
        }
    }

    /** Outside the lock: the check takes locks of Paho's, under which it may also call us. */
    private static final class Check extends TimerTask {
        private final ClientComms connection;

        Check(ClientComms connection) {
            this.connection = connection;
        }

        @Override
        public void run() {
            connection.checkForActivity();
        }
    }
}
