package dev.fotabridge.station.run;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.AttemptEnd;

/**
 * How an attempt ended on the board.
 *
 * @param reason why
 * @param message one sentence about this very case
 * @param board the board that answered last
 * @param seen what was seen of it
 */
public record BoardOutcome(Reason reason, String message, UnitIdentity board, AttemptEnd.Seen seen) {}
