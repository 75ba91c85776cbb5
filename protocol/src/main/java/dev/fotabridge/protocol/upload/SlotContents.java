package dev.fotabridge.protocol.upload;

import java.util.Arrays;
import java.util.BitSet;

/**
 * How the pages of a slot compare with those of an image. Immutable.
 * Tested by UploadEstimateTest.
 */
public final class SlotContents {
    private final int pages;
    private final BitSet right;
    private final BitSet blank;

    /**
     * @param pages of the image
     * @param right pages that the slot holds already; not copied
     * @param blank pages that are erased in the slot; not copied
     */
    SlotContents(int pages, BitSet right, BitSet blank) {
        this.pages = pages;
        this.right = right;
        this.blank = blank;
    }

    /**
     * Returns how a slot that holds these bytes, and is erased behind them, compares with an image.
     *
     * @param slot the bytes from the slot's start; empty for an erased slot
     * @param pageSize bytes that the flash erases at once
     */
    public static SlotContents of(byte[] slot, byte[] image, int pageSize) {
        int pages = pagesOf(image.length, pageSize);
        BitSet right = new BitSet(pages);
        BitSet blank = new BitSet(pages);
        byte[] erased = page(new byte[0], 0, pageSize);
        for (int i = 0; i < pages; i++) {
            byte[] there = page(slot, i, pageSize);
            right.set(i, Arrays.equals(there, page(image, i, pageSize)));
            blank.set(i, Arrays.equals(there, erased));
        }
        return new SlotContents(pages, right, blank);
    }

    /** Returns a page, filled up with 0xFF behind the bytes' end. */
    private static byte[] page(byte[] bytes, int page, int pageSize) {
        int from = Math.min(bytes.length, page * pageSize);
        int to = Math.min(bytes.length, from + pageSize);
        byte[] filled = Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), pageSize);
        Arrays.fill(filled, to - from, pageSize, (byte) 0xFF);
        return filled;
    }

    static int pagesOf(int bytes, int pageSize) {
        return (bytes + pageSize - 1) / pageSize;
    }

    /** Returns the pages of the image. */
    public int pages() {
        return pages;
    }

    /** Returns how many pages of the image the slot holds already. */
    public int equalPages() {
        return right.cardinality();
    }

    /** Returns whether the slot holds all of the image. */
    public boolean isWhole() {
        return equalPages() == pages;
    }

    PagePlan plan(Upload.Trust trust, int knownDurablePages) {
        return PagePlan.of(pages, right, blank, trust, knownDurablePages);
    }
}
