package dev.fotabridge.protocol.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.protocol.message.Digests;
import dev.fotabridge.protocol.message.GetDigests;
import dev.fotabridge.protocol.message.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestComparisonTest {
    private static final int PAGE = 256;
    private static final byte[] NONCE = {1, 2, 3, 4, 5, 6, 7, 8};
    private final byte[] image = new byte[70 * PAGE];
    private final DigestComparison comparison = new DigestComparison(image, PAGE, NONCE);

    @Test
    void asksForEverythingAtFirst() {
        GetDigests asked = comparison.ask(1);
        assertEquals(0, asked.first());
        assertEquals(70, asked.count());
    }

    @Test
    void asksForLessAndLessWhenNothingComes() {
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            comparison.askLess();
            counts.add(comparison.ask(i).count());
        }
        assertEquals(List.of(15, 7, 3, 1, 1, 1, 1), counts);
    }

    @Test
    void asksOnlyForWhatIsMissing() throws MalformedMessageException {
        comparison.ask(1);
        assertTrue(comparison.accept(digests(0, 30)));
        assertTrue(comparison.accept(digests(60, 10)));
        GetDigests asked = comparison.ask(2);
        assertEquals(30, asked.first());
        assertEquals(30, asked.count());
        assertTrue(comparison.accept(digests(30, 30)));
        assertTrue(comparison.isComplete());
        assertEquals(70, comparison.right().cardinality());
        assertFalse(comparison.accept(digests(30, 1)), "nothing new");
    }

    private Digests digests(int first, int count) {
        byte[] all = new byte[8 * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(new PageDigest(NONCE).of(image, first + i, PAGE), 0, all, 8 * i, 8);
        }
        return new Digests(1, first, all);
    }
}
