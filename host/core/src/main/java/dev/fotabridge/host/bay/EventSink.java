package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.UpdateRecord;

/** Takes the events of a bay. Called by the bay's thread only; must not block. */
@FunctionalInterface
public interface EventSink {
    /** Something happened. */
    void event(BayEvent event);

    /** Ends an update, or the command that waited for one. The event of the AWS FOTA library precedes it. */
    default void ended(UpdateRecord record) {
        BayEvent.Fota.atEnd(record.reason().outcome()).ifPresent(this::event);
        event(record.cloud().isPresent() ? new BayEvent.Reported(record) : new BayEvent.Ended(record));
    }
}
