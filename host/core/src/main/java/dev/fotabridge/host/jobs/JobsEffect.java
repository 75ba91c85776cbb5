package dev.fotabridge.host.jobs;

import dev.fotabridge.host.api.FotaException;
import java.util.List;

/** What the agent wants done by whoever holds the connection. */
public sealed interface JobsEffect {
    /** Subscribe to these filters with QoS 1 in one go, and answer with {@link JobsAgent#subscribed}. */
    record Subscribe(List<String> filters) implements JobsEffect {}

    /** Publish with QoS 1, not retained. The payload may hold no credential. */
    record Publish(String topic, byte[] payload) implements JobsEffect {}

    /** Give this connection up and make a new one: it is dead, or nobody listens at its other end. */
    record Reconnect(FotaException cause) implements JobsEffect {}
}
