package dev.fotabridge.host.api;

/** The application's callback. */
@FunctionalInterface
public interface AwsFotaListener {
    /**
     * Takes an event. Called by one thread of the library, in order; while it runs the update waits, so it should return
     * soon. It may ask for the job id, and may close the library.
     */
    void onEvent(AwsFotaEvent event);
}
