package dev.fotabridge.host.api;

/** The application's callback for several boards. */
@FunctionalInterface
public interface AwsFotaStationListener {
    /**
     * Takes an event of one thing's board. The events of a thing come in order, from one thread; those of different things
     * come from different threads, at the same time. While it runs this thing's update waits.
     *
     * @param thing whose board it is
     */
    void onEvent(String thing, AwsFotaEvent event);
}
