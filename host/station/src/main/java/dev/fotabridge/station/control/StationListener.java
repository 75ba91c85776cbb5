package dev.fotabridge.station.control;

/**
 * Is told what changes. The calls about one bay come in the order in which things happened. A listener returns at once, throws
 * nothing, and calls no method of the station.
 */
public interface StationListener {
    /**
     * Something about a bay has changed.
     *
     * @param bay as it is now
     */
    default void bayChanged(BayView bay) {}

    /**
     * Something about the station itself has changed.
     *
     * @param station as it is now
     */
    default void stationChanged(StationView station) {}

    /**
     * A bay has said something.
     *
     * @param bay number of the bay
     * @param line what it said
     */
    default void lineAdded(int bay, BayLine line) {}

    /**
     * An attempt has ended, and its end is on disk.
     *
     * @param record what was stored
     */
    default void attemptStored(StationRecord record) {}

    /**
     * A hook has failed, or was not started. Nothing else follows from it.
     *
     * @param bay number of the bay whose record it was for
     */
    default void hookFailed(int bay) {}
}
