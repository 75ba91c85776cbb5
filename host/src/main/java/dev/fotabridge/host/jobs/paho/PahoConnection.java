package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.jobs.JobsTransport.Listener;
import dev.fotabridge.host.outcome.FotaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
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
 */
final class PahoConnection implements MqttCallback {
    /** AWS allows 100 unacknowledged messages each way; Paho's default of 10 overflows. */
    private static final int MAX_IN_FLIGHT = 100;

    private static final int QOS = 1;
    private static final int REFUSED_FILTER = 0x80;
    private static final long QUIESCE_MILLIS = 200;

    private final MqttSettings settings;
    private final SSLContext tls;
    private final Listener listener;
    private final Consumer<Runnable> closer;
    private final Failures failures;
    private final AtomicBoolean over = new AtomicBoolean();
    private MqttAsyncClient client;
    private volatile List<String> subscribing = List.of();

    PahoConnection(MqttSettings settings, SSLContext tls, Listener listener, Consumer<Runnable> closer) {
        this.settings = settings;
        this.tls = tls;
        this.listener = listener;
        this.closer = closer;
        failures = new Failures(settings);
    }

    void open() {
        try {
            // tcp: the sockets of the factory are TLS by themselves.
            client = new MqttAsyncClient("tcp://" + settings.address(), settings.clientId(), new MemoryPersistence());
            client.setCallback(this);
            client.connect(options(), null, whenDone(token -> listener.connected(), failures::connecting));
        } catch (MqttException | IllegalArgumentException e) {
            fail(failures.connecting(e));
        }
    }

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(true);
        options.setMaxInflight(MAX_IN_FLIGHT);
        options.setConnectionTimeout(settings.connectTimeoutSeconds());
        options.setKeepAliveInterval(settings.keepAliveSeconds());
        options.setSocketFactory(new TlsSocket.Factory(tls, settings.host(), settings.port() == 443));
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
            fail(failures.policy(refused, settings.address() + " refuses a subscription"));
        }
    }

    private FotaException subscribeFailed(List<String> filters, Throwable failure) {
        boolean refused = failure instanceof MqttException mqtt
                && mqtt.getReasonCode() == MqttException.REASON_CODE_SUBSCRIBE_FAILED;
        return refused
                ? failures.policy(filters, settings.address() + " refuses a subscription")
                : failures.lost(failure, true, filters);
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
        MqttAsyncClient dying = client;
        if (dying != null) {
            closer.accept(() -> close(dying));
        }
    }

    private static void close(MqttAsyncClient dying) {
        try {
            dying.disconnectForcibly(QUIESCE_MILLIS, QUIESCE_MILLIS, dying.isConnected());
        } catch (MqttException e) {
            // It was not connected; closing still frees its threads.
        }
        try {
            dying.close(true);
        } catch (MqttException e) {
            // Nothing more can be done for it; a new client takes its place.
            return;
        }
    }

    private IMqttActionListener whenDone(Consumer<IMqttToken> done, Function<Throwable, FotaException> failed) {
        return new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                if (!over.get()) {
                    done.accept(token);
                }
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
                fail(failed.apply(failure));
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
