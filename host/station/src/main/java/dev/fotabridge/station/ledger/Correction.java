package dev.fotabridge.station.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A wrong field of a run, put right.
 *
 * @param run id of the run
 * @param field one of {@link #FIELDS}
 * @param value what it should be
 * @param why why it was wrong
 * @param who who says so
 * @param at wall clock
 */
public record Correction(String run, String field, String value, String why, String who, Instant at) {
    /** What people type or scan. What was measured is not corrected. */
    public static final List<String> FIELDS =
            List.of("scan", "operator", "part", "revision", "work_order", "lot", "fixture", "line");
}
