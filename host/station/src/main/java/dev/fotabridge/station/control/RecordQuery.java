package dev.fotabridge.station.control;

import java.util.Optional;

/**
 * Which records are wanted.
 *
 * @param search begin of the unit, the scan, the thing or the job; empty for all
 * @param bay only of this bay
 * @param before only with a smaller seq; {@link Long#MAX_VALUE} for the newest
 * @param limit at most so many, 1 to {@value #LARGEST_PAGE}
 */
public record RecordQuery(String search, Optional<Integer> bay, long before, int limit) {
    /** Most records of a page. */
    public static final int LARGEST_PAGE = 500;

    /** The newest records, a page that fits a screen. */
    public static final RecordQuery NEWEST = new RecordQuery("", Optional.empty(), Long.MAX_VALUE, 50);
}
