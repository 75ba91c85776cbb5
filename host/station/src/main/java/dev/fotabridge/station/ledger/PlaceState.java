package dev.fotabridge.station.ledger;

import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.verdict.Verdict;
import java.util.Optional;

/**
 * What the ledger knows of a bay.
 *
 * @param lastRun id of its newest run; empty if there is none
 * @param verdict the verdict that stands there
 * @param board the board of the newest run
 * @param locked whether it is locked
 */
public record PlaceState(String lastRun, Optional<Verdict> verdict, UnitIdentity board, boolean locked) {
    /** A bay that nothing has run at. */
    static final PlaceState NEW = new PlaceState("", Optional.empty(), UnitIdentity.NONE, false);
}
