package dev.fotabridge.host.api;

/** The application's callback for several boards. */
@FunctionalInterface
public interface AwsFotaStationListener {
    /**
     * Takes an event of one thing's board. The events of a thing come in order, one at a time; those of different things come
     * at the same time, from different threads of the library. No board waits for it.
     *
     * @param thing name of the thing whose board it is
     * @param event what happened
     */
    void onEvent(String thing, AwsFotaEvent event);
}
