package dev.fotabridge.host.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Sums over the sessions of one update, and differences of one line's counts. */
final class WireTotalsTest {
    private static final WireTotals FIRST = new WireTotals(100, 10, 5, 1, 20, 3, 25);
    private static final WireTotals NEXT = new WireTotals(40, 4, 2, 1, 6, 17, 7);

    @Test
    void whatALaterSessionSkipsWasSentByAnEarlierOne() {
        assertEquals(new WireTotals(140, 14, 7, 2, 26, 3, 32), FIRST.plus(NEXT));
    }

    @Test
    void theFirstSessionThatCountsPagesSaysHowManyWereRight() {
        WireTotals noPages = new WireTotals(8, 8, 0, 2, 0, 0, 0);
        assertEquals(new WireTotals(48, 12, 2, 3, 6, 17, 7), noPages.plus(NEXT));
        assertEquals(NEXT, WireTotals.NONE.plus(NEXT));
        WireTotals allRight = new WireTotals(8, 8, 0, 0, 0, 23, 0);
        assertEquals(23, allRight.plus(NEXT).pagesSkipped());
    }

    @Test
    void aDifferenceIsOfEveryCount() {
        assertEquals(new WireTotals(60, 6, 3, 0, 14, -14, 18), FIRST.minus(NEXT));
        assertEquals(WireTotals.NONE, FIRST.minus(FIRST));
    }
}
