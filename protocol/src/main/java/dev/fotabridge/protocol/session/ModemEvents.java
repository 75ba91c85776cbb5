package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.modem.ModemListener;
import dev.fotabridge.protocol.modem.ModemTask;

/** Puts what becomes of a {@link ModemTask} into the session's events. */
final class ModemEvents implements ModemListener {
    private final EventQueue events;

    ModemEvents(EventQueue events) {
        this.events = events;
    }

    @Override
    public void erasing() {
        events.add(new SessionEvent.ModemErasing());
    }

    @Override
    public void erased() {
        events.add(new SessionEvent.ModemErased());
    }

    @Override
    public void progress(long bytes, long total) {
        events.add(new SessionEvent.ModemProgress(bytes, total));
    }

    @Override
    public void written() {
        events.add(new SessionEvent.ModemWritten());
    }

    @Override
    public void scheduled() {
        events.add(new SessionEvent.ModemScheduled());
    }

    @Override
    public void refused(String operation, int code) {
        events.add(new SessionEvent.ModemRefused(operation, code));
    }
}
