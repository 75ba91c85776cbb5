package dev.fotabridge.station.place;

import java.util.Set;

/** What happens at the bays' places. */
public sealed interface PlaceEvent {
    /**
     * A board has come to a bay.
     *
     * @param bay which bay
     * @param port path of its port now
     * @param probe serial number of its debugger; empty if it has none, or if it is not known
     */
    record Came(int bay, String port, String probe) implements PlaceEvent {}

    /**
     * The board has left its bay.
     *
     * @param bay which bay
     * @param why one sentence
     */
    record Left(int bay, String why) implements PlaceEvent {}

    /**
     * The board is still at its bay, and its port has another number.
     *
     * @param bay which bay
     * @param port path of its port now
     */
    record Moved(int bay, String port) implements PlaceEvent {}

    /**
     * Other serial numbers than before are those of several debuggers. A board with such a debugger can be told from the others by its
     * unit id only.
     *
     * @param probes serial numbers that two or more debuggers have; empty if there is none any more
     */
    record ProbesShared(Set<String> probes) implements PlaceEvent {}
}
