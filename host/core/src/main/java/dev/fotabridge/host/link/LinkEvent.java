package dev.fotabridge.host.link;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.protocol.session.SessionEvent;

/** What a link tells its owner, in order. */
public sealed interface LinkEvent {
    /** The session says so. */
    record Session(SessionEvent event) implements LinkEvent {}

    /**
     * The port could not be opened, or it vanished.
     *
     * @param cause PORT_BUSY, PORT_FORBIDDEN or PORT_MISSING
     */
    record PortFailed(FotaException cause) implements LinkEvent {}
}
