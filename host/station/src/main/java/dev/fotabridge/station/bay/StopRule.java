package dev.fotabridge.station.bay;

import dev.fotabridge.host.api.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Stops all starts when units do not start the image one after the other: the brake for a bad release.
 *
 * @param stopAfter different units in a row that end REVERTED or NOT_VERIFIED until starts are stopped; 0: never
 */
public record StopRule(int stopAfter) {
    /**
     * The end of a run.
     *
     * @param unit which unit; empty if it has no identity, which counts as a unit of its own
     * @param reason why the run ended
     */
    public record End(String unit, Reason reason) {}

    /**
     * Tells whether starts are stopped.
     *
     * @param ends the runs of all bays since an engineer resumed, the oldest first
     */
    public boolean stops(List<End> ends) {
        Set<String> units = new HashSet<>();
        int nameless = 0;
        for (End end : ends) {
            if (end.reason() != Reason.REVERTED && end.reason() != Reason.NOT_VERIFIED) {
                units.clear();
                nameless = 0;
            } else if (end.unit().isEmpty()) {
                nameless++;
            } else {
                units.add(end.unit());
            }
            if (stopAfter > 0 && units.size() + nameless >= stopAfter) {
                return true;
            }
        }
        return false;
    }
}
