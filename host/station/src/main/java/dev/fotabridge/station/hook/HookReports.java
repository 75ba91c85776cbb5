package dev.fotabridge.station.hook;

/** Hears what went wrong with hooks, from threads of hooks, or from the one that tells of a record. They hold no lock of hooks. */
@FunctionalInterface
public interface HookReports {
    /**
     * A hook has failed, or was not started.
     *
     * @param bay number of the bay whose record it was for
     * @param sentence what happened
     */
    void failed(int bay, String sentence);
}
