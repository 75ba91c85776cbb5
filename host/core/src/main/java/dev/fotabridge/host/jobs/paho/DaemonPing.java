package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.thread.WatchedThreads;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;

/**
 * Keep-alive on a daemon thread: Paho's own timer, left behind by a client that hangs, would keep the process alive.
 * Tested by PahoGuardsIT.
 */
final class DaemonPing implements MqttPingSender {
    private final Consumer<Throwable> failed;
    private ClientComms connection;
    private ScheduledThreadPoolExecutor timer;

    /** @param failed told that no keep-alive is sent any more, nor missed */
    DaemonPing(Consumer<Throwable> failed) {
        this.failed = failed;
    }

    @Override
    public synchronized void init(ClientComms comms) {
        connection = comms;
    }

    @Override
    public synchronized void start() {
        stop();
        timer = WatchedThreads.executor("MQTT Ping: " + connection.getClient().getClientId(), failed);
        schedule(connection.getKeepAlive());
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            // A check that runs may be the one that stops it: it is not interrupted.
            timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            timer.shutdown();
            timer = null;
        }
    }

    /** The check runs outside the lock: it takes locks of Paho's, under which it may also call us. */
    @Override
    public synchronized void schedule(long delayMillis) {
        if (timer != null) {
            timer.schedule(() -> connection.checkForActivity(), delayMillis, TimeUnit.MILLISECONDS);
        }
    }
}
