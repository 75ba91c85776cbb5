package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.jobs.JobsTopics;
import java.util.List;

/** One thing's place on a shared connection. Not thread-safe. Tested by SharedConnectionTest. */
final class Member {
    final String thing;
    final List<String> filters;

    /** Whom to tell; null while the thing wants no connection. */
    JobsTransport.Listener listener;

    /** Whether it waits to hear that it is subscribed. */
    boolean asked;

    /** Whether its filters are granted on this connection. */
    boolean granted;

    Member(String thing) {
        this.thing = thing;
        filters = new JobsTopics(thing).fewFilters();
    }

    boolean isWanting() {
        return listener != null;
    }

    boolean isWaiting() {
        return isWanting() && !granted;
    }
}
