package dev.fotabridge.host.api;

/** The application's callback. */
@FunctionalInterface
public interface AwsFotaListener {
    /**
     * Takes an event. The events come in order, one at a time, on a thread of the library's; no board waits for it. It may ask
     * for the job id, and may close the library.
     */
    void onEvent(AwsFotaEvent event);
}
