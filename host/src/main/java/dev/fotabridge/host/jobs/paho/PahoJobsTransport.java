package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.jobs.JobsTransport;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * MQTT by Eclipse Paho 1.2.5, which needs guarding. Its own reconnect is off, for its delay is shared by all clients of a
 * process; every connection is a new client, so that one that hangs is simply left behind ({@link PahoConnection}). Paho is
 * called from one thread of ours and never from its own callbacks, which only hand on what they are told. Clients are
 * closed on a thread of their own, since closing may block after a lost connection. All threads are daemons.
 */
public final class PahoJobsTransport implements JobsTransport {
    private static final long CLOSE_SECONDS = 3;

    private final MqttSettings settings;
    private final SSLContext tls;
    private final boolean alpn;
    private final ExecutorService caller;
    private final ExecutorService closer;
    private PahoConnection connection;

    /**
     * Connects to nothing yet.
     *
     * @param tls with the thing's certificate and the trusted roots
     */
    public PahoJobsTransport(MqttSettings settings, SSLContext tls) {
        this(settings, tls, settings.needsAlpn());
    }

    PahoJobsTransport(MqttSettings settings, SSLContext tls, boolean alpn) {
        this.settings = settings;
        this.tls = tls;
        this.alpn = alpn;
        caller = Executors.newSingleThreadExecutor(daemon("mqtt-caller"));
        closer = Executors.newCachedThreadPool(daemon("mqtt-closer"));
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void connect(Listener listener) {
        call(() -> {
            abandon();
            TlsSocket.Factory sockets = new TlsSocket.Factory(tls, settings.host(), alpn, settings.proxy());
            connection = new PahoConnection(settings, sockets, listener, this::dispose);
            connection.open();
        });
    }

    @Override
    public void subscribe(List<String> filters) {
        call(() -> {
            if (connection != null) {
                connection.subscribe(List.copyOf(filters));
            }
        });
    }

    @Override
    public void unsubscribe(List<String> filters) {
        call(() -> {
            if (connection != null) {
                connection.unsubscribe(List.copyOf(filters));
            }
        });
    }

    @Override
    public void publish(String topic, byte[] payload) {
        call(() -> {
            if (connection != null) {
                connection.publish(topic, payload.clone());
            }
        });
    }

    @Override
    public void disconnect() {
        call(this::abandon);
    }

    private void abandon() {
        if (connection != null) {
            connection.end();
            connection = null;
        }
    }

    @Override
    public void close() {
        call(this::abandon);
        caller.shutdown();
        try {
            if (caller.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                closer.shutdown();
                closer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            caller.shutdownNow();
            closer.shutdownNow();
        }
    }

    private void dispose(Runnable closing) {
        submit(closer, closing);
    }

    private void call(Runnable task) {
        submit(caller, task);
    }

    private static void submit(ExecutorService executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: there is nothing left to do it for.
            return;
        }
    }
}
