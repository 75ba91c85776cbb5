package dev.fotabridge.station.run;

import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.ledger.NewRun;
import java.util.Optional;

/**
 * A start that is asked for.
 *
 * @param bay number of the bay
 * @param kind what asks
 * @param key Idempotency-Key: the same start has the same key, however often it is asked for
 * @param after id of the last run that the asker has seen at this bay; empty if it does not say
 * @param isEngineer whether an engineer asks
 * @param what what the board is to get
 */
public record StartAsked(
        int bay, StartKind kind, String key, Optional<String> after, boolean isEngineer, NewRun.What what) {}
