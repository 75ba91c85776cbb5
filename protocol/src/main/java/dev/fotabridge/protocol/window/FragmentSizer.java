package dev.fotabridge.protocol.window;

/**
 * How large the next fragment is: halved when one is lost, an eighth larger after {@value #GROW_AFTER} that were not.
 *
 * <p>A long burst loses several fragments at once; it counts once, until a fragment sent afterwards is delivered.
 * Tested by WindowTest.
 */
public final class FragmentSizer {
    /** Smaller ones would carry more frame than fragment. */
    public static final int MIN_BYTES = 64;

    private static final int GROW_AFTER = 8;

    private final int max;
    private int size;
    private int delivered;
    private boolean reduced;

    /** @param max bytes, at least {@link #MIN_BYTES} */
    public FragmentSizer(int max) {
        this.max = max;
        this.size = max;
    }

    /** Bytes of the next fragment. */
    public int size() {
        return size;
    }

    public void lost() {
        if (!reduced) {
            size = Math.max(MIN_BYTES, size / 2);
            reduced = true;
        }
        delivered = 0;
    }

    public void delivered() {
        reduced = false;
        if (++delivered >= GROW_AFTER) {
            size = Math.min(max, size + Math.max(1, size / 8));
            delivered = 0;
        }
    }
}
