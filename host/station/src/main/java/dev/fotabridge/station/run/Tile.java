package dev.fotabridge.station.run;

import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.verdict.Verdict;
import java.util.Optional;

/**
 * What a bay shows.
 *
 * @param bay its number
 * @param state what it is doing
 * @param verdict the verdict that stands there
 * @param locked whether an engineer must unlock it
 * @param needsHands whether somebody must look after it
 * @param identity the board
 * @param run id of the run; empty if there is none
 * @param message one sentence for people; empty if there is nothing to say
 */
public record Tile(
        int bay,
        BayState state,
        Optional<Verdict> verdict,
        boolean locked,
        boolean needsHands,
        UnitIdentity identity,
        String run,
        String message) {}
