package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.station.place.BayPlace;

/**
 * A board that has answered at a bay.
 * Tested by IdentityOfBoardsCheckTest.
 *
 * @param bay where
 * @param probe serial number of its debugger; empty if it has none, or not known
 * @param report what it says
 */
record BayBoard(BayPlace bay, String probe, BoardReport report) {
    boolean hasIdentity() {
        return !report.unit().isEmpty() || !probe.isEmpty();
    }

    /** Whether nothing tells the two apart but the place. */
    boolean isLike(BayBoard other) {
        boolean unitsDiffer = !report.unit().isEmpty()
                && !other.report.unit().isEmpty()
                && !report.unit().equals(other.report.unit());
        return !probe.isEmpty() && probe.equals(other.probe) && !unitsDiffer
                || !report.unit().isEmpty() && report.unit().equals(other.report.unit());
    }
}
