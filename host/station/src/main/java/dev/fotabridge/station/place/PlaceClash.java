package dev.fotabridge.station.place;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds two bays that are one device: a run at one would write the board of the other. */
public final class PlaceClash {
    private PlaceClash() {}

    /**
     * Looks for two bays at one device.
     *
     * @param bays the map
     * @param devices where each bay's place leads now; without those where nothing is
     * @return a sentence that names both with their lines; empty if there are none
     */
    public static Optional<String> find(List<BayPlace> bays, Map<Integer, PlaceDevice> devices) {
        for (int i = 0; i < bays.size(); i++) {
            PlaceDevice device = devices.get(bays.get(i).bay());
            for (BayPlace other : bays.subList(i + 1, bays.size())) {
                PlaceDevice others = devices.get(other.bay());
                if (device != null && others != null && device.isSame(others)) {
                    return Optional.of("'" + bays.get(i).address() + "' of " + bays.get(i) + " and '" + other.address()
                            + "' of " + other + " are one device, " + others.path()
                            + ": a bay must have a place of its own.");
                }
            }
        }
        return Optional.empty();
    }
}
