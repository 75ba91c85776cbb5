package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport.Listener;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * One Paho client and its one connection. Ends once, by its own failure or by {@link #end}; the client is then closed on
 * another thread, and whatever it still tells is dropped.
 * Tested by PahoJobsTransportIT.
 */
final class PahoConnection implements MqttCallback {
    /** AWS allows 100 unacknowledged messages each way; Paho's default of 10 overflows. */
    private static final int MAX_IN_FLIGHT = 100;

    private static final int QOS = 1;
    private static final int REFUSED_FILTER = 0x80;
    private static final long QUIESCE_MILLIS = 200;
    private static final long CLOSE_MILLIS = 2_000;

    private final MqttSettings settings;
    private final Listener listener;
    private final Consumer<Runnable> closer;
    private final Failures failures;
    private final AtomicBoolean over = new AtomicBoolean();
    private final TlsSocket.Factory sockets;
    private volatile MqttAsyncClient client;
    private volatile IMqttToken connecting;
    private volatile List<String> subscribing = List.of();

    PahoConnection(MqttSettings settings, TlsSocket.Factory sockets, Listener listener, Consumer<Runnable> closer) {
        this.settings = settings;
        this.listener = listener;
        this.closer = closer;
        this.sockets = sockets;
        failures = new Failures(settings);
    }

    void open() {
        try {
            requireHost();
            // tcp: the sockets of the factory are TLS by themselves.
            client = new MqttAsyncClient(
                    "tcp://" + settings.addressToLookUp(),
                    settings.clientId(),
                    new MemoryPersistence(),
                    new DaemonPing(this::failed));
            client.setCallback(this);
            connecting = client.connect(
                    options(), null, whenDone(token -> listener.connected(), failure -> fail(connectFailed(failure))));
        } catch (FotaException e) {
            fail(e);
        } catch (MqttException | IllegalArgumentException e) {
            fail(failures.connecting(e, Stage.NOWHERE));
        }
    }

    /** Where {@link URI} finds no host, Paho sets it by reflection, which Java 17 forbids. */
    private void requireHost() throws FotaException {
        if (URI.create("tcp://" + settings.addressToLookUp()).getHost() == null) {
            throw new FotaException(
                    Reason.CONFIGURATION, "The endpoint's host " + settings.host() + " is no name and no address.");
        }
    }

    private FotaException connectFailed(Throwable failure) {
        IOException early = sockets.earlyFailure();
        return failures.connecting(early == null ? failure : early, sockets.stage());
    }

    MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(true);
        options.setMaxInflight(MAX_IN_FLIGHT);
        options.setConnectionTimeout(settings.connectTimeoutSeconds());
        options.setKeepAliveInterval(settings.keepAliveSeconds());
        options.setSocketFactory(sockets);
        return options;
    }

    void subscribe(List<String> filters) {
        int[] qos = new int[filters.size()];
        Arrays.fill(qos, QOS);
        subscribing = filters;
        try {
            client.subscribe(
                    filters.toArray(String[]::new),
                    qos,
                    null,
                    whenDone(
                            token -> granted(filters, token.getGrantedQos()),
                            failure -> subscribeFailed(filters, failure)));
        } catch (MqttException e) {
            fail(failures.lost(e, false, filters));
        }
    }

    private void granted(List<String> filters, int[] granted) {
        subscribing = List.of();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            if (i >= granted.length || granted[i] == REFUSED_FILTER) {
                refused.add(filters.get(i));
            }
        }
        if (refused.isEmpty()) {
            listener.subscribed();
        } else {
            refused(refused);
        }
    }

    private void refused(List<String> filters) {
        listener.refused(filters, failures.policy(filters, settings.address() + " refuses a subscription"));
    }

    /** Paho tells a single filter's refusal as a failure. */
    private void subscribeFailed(List<String> filters, Throwable failure) {
        boolean refused = failure instanceof MqttException mqtt
                && mqtt.getReasonCode() == MqttException.REASON_CODE_SUBSCRIBE_FAILED;
        if (refused && !over.get()) {
            subscribing = List.of();
            refused(filters);
        } else {
            fail(failures.lost(failure, true, filters));
        }
    }

    /** The server's word on it is not waited for: what still comes finds nobody to listen. */
    void unsubscribe(List<String> filters) {
        try {
            client.unsubscribe(filters.toArray(String[]::new));
        } catch (MqttException e) {
            fail(failures.lost(e, false, List.of()));
        }
    }

    /** A message that cannot be handed over now is not kept: its sender misses the reply and sends it again. */
    void publish(String topic, byte[] payload) {
        try {
            MqttMessage message = new MqttMessage(payload);
            message.setQos(QOS);
            message.setRetained(false);
            client.publish(topic, message);
        } catch (MqttException | IllegalArgumentException e) {
            if (!client.isConnected()) {
                fail(failures.lost(e, false, List.of()));
            }
        }
    }

    /** A thread of the connection met a bug: the connection is of no use any more. Any thread. */
    void failed(Throwable cause) {
        fail(new FotaException(Reason.INTERNAL_ERROR, "The MQTT connection met a bug: " + cause, cause));
    }

    /** Ends the connection without telling the listener. */
    void end() {
        if (over.compareAndSet(false, true)) {
            dispose();
        }
    }

    private void fail(FotaException cause) {
        if (over.compareAndSet(false, true)) {
            dispose();
            listener.disconnected(cause);
        }
    }

    private void dispose() {
        if (client != null) {
            closer.accept(this::close);
        }
    }

    /** A client that is closed while it connects never ends its threads: first its connecting is made to fail. */
    private void close() {
        if (!client.isConnected()) {
            sockets.abort();
            IMqttToken token = connecting;
            if (token != null) {
                quietly(() -> token.waitForCompletion(CLOSE_MILLIS));
            }
        }
        quietly(() -> client.disconnectForcibly(QUIESCE_MILLIS, QUIESCE_MILLIS, client.isConnected()));
        quietly(() -> client.close(true));
        sockets.abort();
    }

    /** Each step is worth trying, whatever became of the one before; a new client takes this one's place anyway. */
    private static void quietly(PahoCall call) {
        try {
            call.run();
        } catch (MqttException e) {
            return;
        }
    }

    /** A step that Paho may refuse. */
    @FunctionalInterface
    private interface PahoCall {
        void run() throws MqttException;
    }

    private IMqttActionListener whenDone(Consumer<IMqttToken> done, Consumer<Throwable> failed) {
        return new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                if (!over.get()) {
                    done.accept(token);
                }
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
                failed.accept(failure);
            }
        };
    }

    @Override
    public void connectionLost(Throwable cause) {
        fail(failures.lost(cause, !subscribing.isEmpty(), subscribing));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        if (!over.get()) {
            listener.message(topic, message.getPayload());
        }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
}
