package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A broker that answers, refuses, or is silent, as it is told; without waiting for any network. */
final class ScriptedBroker implements JobsTransport {
    private final Set<String> refusedFilters;
    private final Function<String, Optional<String>> replies;
    private final boolean cutsPublish;
    private Listener listener;

    /**
     * @param replies the rest of the reply's topic and a blank and its body, by the request's topic
     * @param cutsPublish whether every publish ends the connection
     */
    ScriptedBroker(Set<String> refusedFilters, Function<String, Optional<String>> replies, boolean cutsPublish) {
        this.refusedFilters = refusedFilters;
        this.replies = replies;
        this.cutsPublish = cutsPublish;
    }

    @Override
    public void connect(Listener toListener) {
        listener = toListener;
        listener.connected();
    }

    @Override
    public void subscribe(List<String> filters) {
        if (filters.stream().anyMatch(refusedFilters::contains)) {
            listener.refused(filters, new FotaException(Reason.CLOUD_POLICY, "refused"));
        } else {
            listener.subscribed();
        }
    }

    @Override
    public void unsubscribe(List<String> filters) {}

    @Override
    public void publish(String topic, byte[] payload) {
        if (cutsPublish) {
            listener.disconnected(new FotaException(Reason.CLOUD_UNREACHABLE, "lost"));
        }
        replies.apply(topic).ifPresent(reply -> {
            String[] parts = reply.split(" ", 2);
            listener.message(topic + parts[0], parts[1].getBytes(StandardCharsets.UTF_8));
        });
    }

    @Override
    public void disconnect() {}

    @Override
    public void close() {}
}
