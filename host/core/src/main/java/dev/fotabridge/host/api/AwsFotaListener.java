package dev.fotabridge.host.api;

/** The application's callback. */
@FunctionalInterface
public interface AwsFotaListener {
    /**
     * Takes an event. The events come in order, one at a time, on a thread of the library; no board waits for it. It may call
     * {@link AwsFota#jobId} and {@link AwsFota#close}.
     *
     * @param event what happened
     */
    void onEvent(AwsFotaEvent event);
}
