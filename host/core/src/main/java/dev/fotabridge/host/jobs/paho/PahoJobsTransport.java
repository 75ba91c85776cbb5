package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.thread.WatchedThreads;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MQTT by Eclipse Paho 1.2.5, which needs guarding. Its own reconnect is off, for its delay is shared by all clients of a
 * process; every connection is a new client, so that one that hangs is simply left behind ({@link PahoConnection}). Paho is
 * called from one thread of ours and never from its own callbacks, which only hand on what they are told. Clients are
 * closed on a thread of their own, since closing may block after a lost connection. All threads are daemons.
 */
public final class PahoJobsTransport implements JobsTransport {
    private static final long CLOSE_SECONDS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(PahoJobsTransport.class);

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
        caller = WatchedThreads.executor("mqtt-caller", this::failed);
        closer = WatchedThreads.pool("mqtt-closer", e -> LOG.error("a connection could not be closed", e));
    }

    /** On the caller's thread: whoever waits for what the call would bring hears of its end. */
    private void failed(Throwable cause) {
        LOG.error("the MQTT connection met a bug", cause);
        if (connection != null) {
            connection.failed(cause);
        }
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
