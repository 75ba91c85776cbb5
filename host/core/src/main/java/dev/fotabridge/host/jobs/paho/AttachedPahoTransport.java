package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.api.AttachedClient;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.thread.WatchedThreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttAsyncClient;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/**
 * An MQTT connection that belongs to an application: it connects, reconnects and closes its client, we only subscribe
 * and publish. The jobs' topics are heard by message listeners of their own, so the application's callback gets
 * exactly the messages that it got before.
 *
 * <p>It must know when the client has connected anew, for a clean session has lost its subscriptions: give the client
 * the callback of {@link #beside}, or call {@link #reconnected} from {@code MqttCallbackExtended.connectComplete}.
 * Any thread may call; Paho is called from a thread of ours, never from its own.
 * Tested by LibraryIT.
 */
public final class AttachedPahoTransport implements AttachedClient {
    private static final int QOS = 1;
    private static final int REFUSED_FILTER = 0x80;

    private final IMqttAsyncClient client;
    private final ExecutorService caller;
    private Listener listener;
    private boolean announced;

    /**
     * Does nothing with the client yet, which need not be connected.
     *
     * @throws IllegalArgumentException if there is none
     */
    public AttachedPahoTransport(IMqttAsyncClient client) {
        if (client == null) {
            throw new IllegalArgumentException("an MQTT client is needed, not null");
        }
        this.client = client;
        caller = WatchedThreads.executor("mqtt-attached", this::failed);
    }

    @Override
    public MqttCallbackExtended beside(MqttCallback application) {
        if (application == null) {
            throw new IllegalArgumentException("a callback of the application is needed, not null");
        }
        return new SharedCallback(application, this::reconnected);
    }

    @Override
    public void reconnected() {
        call(() -> {
            if (listener == null) {
                return;
            }
            if (announced) {
                end("The application's MQTT client has connected anew.");
            } else {
                announce();
            }
        });
    }

    /** Waits for the application's connection: it may be there already, or be told by {@link #reconnected}. */
    @Override
    public void connect(Listener toListener) {
        call(() -> {
            listener = toListener;
            announced = false;
            if (client.isConnected()) {
                announce();
            }
        });
    }

    private void announce() {
        announced = true;
        listener.connected();
    }

    private void end(String sentence) {
        end(new FotaException(Reason.CLOUD_UNREACHABLE, sentence));
    }

    /** On the caller's thread. */
    private void failed(Throwable cause) {
        end(new FotaException(Reason.INTERNAL_ERROR, "The use of the MQTT client met a bug: " + cause, cause));
    }

    private void end(FotaException cause) {
        Listener current = listener;
        listener = null;
        if (current != null) {
            current.disconnected(cause);
        }
    }

    @Override
    public void subscribe(List<String> filters) {
        call(() -> {
            Listener current = listener;
            if (current == null) {
                return;
            }
            int[] qos = new int[filters.size()];
            Arrays.fill(qos, QOS);
            IMqttMessageListener[] ears = new IMqttMessageListener[filters.size()];
            Arrays.fill(ears, (IMqttMessageListener) (topic, message) -> hear(current, topic, message));
            try {
                client.subscribe(filters.toArray(String[]::new), qos, null, new Granted(current, filters), ears);
            } catch (MqttException | IllegalArgumentException e) {
                end("The application's MQTT client cannot subscribe now.");
            }
        });
    }

    @Override
    public void unsubscribe(List<String> filters) {
        call(() -> {
            try {
                client.unsubscribe(filters.toArray(String[]::new));
            } catch (MqttException | IllegalArgumentException e) {
                // Without a connection there is nothing to end.
                return;
            }
        });
    }

    private static void hear(Listener current, String topic, MqttMessage message) {
        current.message(topic, message.getPayload());
    }

    @Override
    public void publish(String topic, byte[] payload) {
        call(() -> {
            try {
                MqttMessage message = new MqttMessage(payload.clone());
                message.setQos(QOS);
                message.setRetained(false);
                client.publish(topic, message);
            } catch (MqttException | IllegalArgumentException e) {
                // With the connection up it was one message too many; the agent misses the reply and asks again.
                if (!client.isConnected()) {
                    end("The application's MQTT client is not connected.");
                }
            }
        });
    }

    /** Forgets the listener; the connection is the application's and stays. */
    @Override
    public void disconnect() {
        call(() -> listener = null);
    }

    /**
     * Lets go of the client, which stays as it is. The subscriptions stay with their listeners until it disconnects:
     * a late reply would otherwise reach the application's callback.
     */
    @Override
    public void close() {
        call(() -> listener = null);
        caller.shutdown();
    }

    private void call(Runnable task) {
        try {
            caller.execute(task);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: there is nothing left to do it for.
            return;
        }
    }

    /** Hands on what became of a SUBSCRIBE. */
    private final class Granted implements IMqttActionListener {
        private final Listener asker;
        private final List<String> filters;

        Granted(Listener asker, List<String> filters) {
            this.asker = asker;
            this.filters = filters;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] granted = token.getGrantedQos();
            List<String> refused = new ArrayList<>();
            for (int i = 0; i < filters.size(); i++) {
                if (i >= granted.length || granted[i] == REFUSED_FILTER) {
                    refused.add(filters.get(i));
                }
            }
            if (refused.isEmpty()) {
                asker.subscribed();
            } else {
                asker.refused(refused, refusal(refused));
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            boolean refused = failure instanceof MqttException mqtt
                    && mqtt.getReasonCode() == MqttException.REASON_CODE_SUBSCRIBE_FAILED;
            if (refused) {
                asker.refused(filters, refusal(filters));
            } else {
                String seen = "The application's MQTT client could not subscribe.";
                asker.disconnected(new FotaException(Reason.CLOUD_UNREACHABLE, seen, failure));
            }
        }

        private static FotaException refusal(List<String> refused) {
            return new FotaException(
                    Reason.CLOUD_POLICY,
                    "AWS refuses a subscription: the policy must allow iot:Subscribe on topicfilter/"
                            + String.join(" and topicfilter/", refused) + ".");
        }
    }
}
