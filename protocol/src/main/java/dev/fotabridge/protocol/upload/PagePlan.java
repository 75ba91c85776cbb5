package dev.fotabridge.protocol.upload;

import java.util.BitSet;

/**
 * Which pages of an image are sent, and which of them are erased even if they read blank; SPEC.md section 6.1.
 *
 * @param pages of the image
 * @param send pages that travel
 * @param force pages of {@code send} with FORCE_ERASE
 * @param blank pages that are known to be blank on the board
 */
record PagePlan(int pages, BitSet send, BitSet force, BitSet blank) {
    /**
     * Pages behind the frontier that an early erase may have touched. Further than any host erases ahead, because cuts may repeat while
     * the frontier is rewritten.
     */
    private static final int REACH = EraseAhead.PAGES + 4;

    /** @param right pages whose digest on the board is right */
    static PagePlan of(int pages, BitSet right, BitSet blank, Upload.Trust trust, int knownDurablePages) {
        BitSet send = new BitSet(pages);
        BitSet force = new BitSet(pages);
        send.set(0, pages);
        if (trust == Upload.Trust.NOTHING) {
            force.set(0, pages);
            return new PagePlan(pages, send, force, blank);
        }
        send.andNot(right);
        int frontier = right.nextClearBit(0);
        BitSet erased = erasedFrom(frontier, pages, blank);
        if (isDoubtful(frontier, pages, trust) || (trust == Upload.Trust.UNKNOWN && isPart(erased, frontier, pages))) {
            force.set(doubtfulFrom(frontier, trust, knownDurablePages), Math.min(pages, frontier + 2));
            force.or(erased);
            BitSet known = (BitSet) right.clone();
            known.clear(Math.min(pages, knownDurablePages), pages);
            force.andNot(known);
        }
        send.or(force);
        return new PagePlan(pages, send, force, blank);
    }

    /**
     * Where a page was in work for sure, it may be any behind those that were seen durable: one that was right before it was written
     * again may read right after a cut. Without a count, which a board without an identity has none of, the frontier is what is known.
     */
    private static int doubtfulFrom(int frontier, Upload.Trust trust, int knownDurablePages) {
        int last = Math.max(0, frontier - 1);
        boolean counted = trust == Upload.Trust.UNCLEAN && knownDurablePages > 0;
        return counted ? Math.min(last, knownDurablePages) : last;
    }

    /** Returns pages that the last session may have erased early; the erase of one of them may be incomplete. */
    private static BitSet erasedFrom(int frontier, int pages, BitSet blank) {
        BitSet erased = new BitSet();
        erased.set(frontier, Math.min(pages, frontier + REACH));
        erased.and(blank);
        return erased;
    }

    /** Returns true if some, but not all pages behind the frontier are blank. An older image leaves none of them blank, a blank slot all. */
    private static boolean isPart(BitSet erased, int frontier, int pages) {
        return !erased.isEmpty() && erased.cardinality() < Math.min(pages, frontier + REACH) - frontier;
    }

    /** Whether a flash operation may have been cut at the first page that is not right. */
    private static boolean isDoubtful(int frontier, int pages, Upload.Trust trust) {
        return switch (trust) {
            case CLEAN, NOTHING -> false;
            case UNKNOWN -> frontier > 0 && frontier < pages;
            case UNCLEAN -> true;
        };
    }

    /**
     * What follows a pass of which records were refused: a refused record has not touched its page.
     *
     * @param owed pages that had to be erased and written, and were not seen durable since; what they read as proves nothing
     */
    static PagePlan again(int pages, BitSet right, BitSet blank, BitSet owed) {
        BitSet send = new BitSet(pages);
        send.set(0, pages);
        send.andNot(right);
        send.or(owed);
        return new PagePlan(pages, send, (BitSet) owed.clone(), blank);
    }
}
