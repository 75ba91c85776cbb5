package dev.fotabridge.protocol.upload;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds where an older image holds the bytes of a page of the new one. Code that only moved shares words of eight bytes; each shared word
 * counts for the distance by which it moved, and the most frequent distance wins.
 * Tested by RecordPackerTest.
 */
final class SimilarBytes {
    private static final int WORD = 8;
    private static final int TABLE_BITS = 17;

    /** With fewer shared words at one distance, the match is chance. */
    private static final int MIN_VOTES = 8;

    private final byte[] old;
    /** Offset + 1 of the last word with this hash; 0 for none. */
    private final int[] table = new int[1 << TABLE_BITS];

    SimilarBytes(byte[] old) {
        this.old = old;
        for (int i = 0; i + WORD <= old.length; i += 2) {
            table[hash(old, i)] = i + 1;
        }
    }

    /** Returns where in the old image the bytes from {@code from} to {@code to} of the new one begin, or -1 if they are not there. */
    int find(byte[] fresh, int from, int to) {
        Map<Integer, Integer> votes = new HashMap<>();
        int best = 0;
        int most = 0;
        for (int i = from; i + WORD <= to; i += 2) {
            int at = table[hash(fresh, i)] - 1;
            if (at >= 0 && isSame(fresh, i, at)) {
                int count = votes.merge(at - i, 1, Integer::sum);
                if (count > most) {
                    most = count;
                    best = at - i;
                }
            }
        }
        return most < MIN_VOTES ? -1 : Math.max(0, from + best);
    }

    private boolean isSame(byte[] fresh, int i, int at) {
        for (int k = 0; k < WORD; k++) {
            if (fresh[i + k] != old[at + k]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes, int at) {
        long word = 0;
        for (int k = 0; k < WORD; k++) {
            word = word << 8 | bytes[at + k] & 0xFF;
        }
        return (int) (word * 0x9E3779B97F4A7C15L >>> (Long.SIZE - TABLE_BITS));
    }
}
