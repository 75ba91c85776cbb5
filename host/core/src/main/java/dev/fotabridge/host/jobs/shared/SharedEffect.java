package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.host.api.JobsTransport;
import java.util.List;
import java.util.function.Consumer;

/** What a shared connection wants done by whoever holds its transport, in this order. */
sealed interface SharedEffect {
    /** Start one attempt to connect. */
    record Connect() implements SharedEffect {}

    /** End the connection, or the attempt. */
    record Disconnect() implements SharedEffect {}

    /** Subscribe to at most eight filters; the answer comes before the next one is asked for. */
    record Subscribe(List<String> filters) implements SharedEffect {}

    /** End these subscriptions. */
    record Unsubscribe(List<String> filters) implements SharedEffect {}

    /** Publish a thing's request. */
    record Publish(String topic, byte[] payload) implements SharedEffect {}

    /** Say this to one thing's listener. */
    record Tell(JobsTransport.Listener to, Consumer<JobsTransport.Listener> word) implements SharedEffect {}
}
