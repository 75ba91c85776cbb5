package dev.fotabridge.protocol.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SPEC.md section 6.1, row by row. R is a page that reads right, B one that is blank and should not be, b one that should, - any other. */
class PagePlanTest {
    @ParameterizedTest
    @CsvSource({
        "CLEAN,   RRR---, 0, '{3, 4, 5}', {}",
        "CLEAN,   RR-R-R, 0, '{2, 4}', {}",
        "CLEAN,   RRRRRR, 0, {}, {}",
        "UNKNOWN, RRR---, 0, '{2, 3, 4, 5}', '{2, 3, 4}'",
        "UNKNOWN, RRR---, 3, '{3, 4, 5}', '{3, 4}'",
        "UNKNOWN, ------, 0, '{0, 1, 2, 3, 4, 5}', {}",
        "UNKNOWN, RRRRRR, 0, {}, {}",
        "UNKNOWN, R-RRRR, 0, '{0, 1, 2}', '{0, 1, 2}'",
        "UNCLEAN, RRR---, 0, '{2, 3, 4, 5}', '{2, 3, 4}'",
        "UNCLEAN, ------, 0, '{0, 1, 2, 3, 4, 5}', '{0, 1}'",
        "UNCLEAN, RRR---, 3, '{3, 4, 5}', '{3, 4}'",
        "UNCLEAN, RRRRRR, 0, {5}, {5}",
        "UNCLEAN, RRRRRR, 2, '{2, 3, 4, 5}', '{2, 3, 4, 5}'",
        "UNCLEAN, RRRRRR, 6, {}, {}",
        "UNCLEAN, RRRRR-, 2, '{2, 3, 4, 5}', '{2, 3, 4, 5}'",
        "UNCLEAN, RRBBB-, 0, '{1, 2, 3, 4, 5}', '{1, 2, 3, 4}'",
        "UNCLEAN, RR-B-B, 0, '{1, 2, 3, 4, 5}', '{1, 2, 3, 5}'",
        "UNCLEAN, R--b--, 0, '{0, 1, 2, 3, 4, 5}', '{0, 1, 2, 3}'",
        "UNCLEAN, bbR---, 3, '{3, 4, 5}', '{3, 4}'",
        "UNKNOWN, RRBBB-, 2, '{2, 3, 4, 5}', '{2, 3, 4}'",
        "UNKNOWN, -BBBBB, 0, '{0, 1, 2, 3, 4, 5}', '{0, 1, 2, 3, 4, 5}'",
        "UNKNOWN, BBBBBB, 0, '{0, 1, 2, 3, 4, 5}', {}",
        "CLEAN,   RRBBB-, 0, '{2, 3, 4, 5}', {}",
        "UNCLEAN, RRRRRRRRRR--------------BBBBB, 9, '{9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28}', '{9, 10, 11, 24, 25}'",
        "NOTHING, RRRRRR, 6, '{0, 1, 2, 3, 4, 5}', '{0, 1, 2, 3, 4, 5}'"
    })
    void sendsAndForces(Upload.Trust trust, String slot, int knownDurable, String send, String force) {
        BitSet right = new BitSet();
        BitSet blank = new BitSet();
        for (int page = 0; page < slot.length(); page++) {
            right.set(page, "Rb".indexOf(slot.charAt(page)) >= 0);
            blank.set(page, "Bb".indexOf(slot.charAt(page)) >= 0);
        }
        PagePlan plan = PagePlan.of(slot.length(), right, blank, trust, knownDurable);
        assertEquals(send, plan.send().toString());
        assertEquals(force, plan.force().toString());
    }
}
