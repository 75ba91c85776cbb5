package dev.fotabridge.protocol.upload;

import dev.fotabridge.protocol.message.Digests;
import dev.fotabridge.protocol.message.GetDigests;
import dev.fotabridge.protocol.message.MalformedMessageException;
import java.util.Arrays;
import java.util.BitSet;

/** Collects the digests of all pages and compares them with the image's. */
final class DigestComparison {
    private final byte[] image;
    private final int pageSize;
    private final int pages;
    private final PageDigest digest;
    private final BitSet known = new BitSet();
    private final BitSet right = new BitSet();
    private final BitSet blank = new BitSet();
    private final byte[] ofBlank;
    private GetDigests asked;
    private int limit = Integer.MAX_VALUE;

    DigestComparison(byte[] image, int pageSize, byte[] nonce) {
        this.image = image;
        this.pageSize = pageSize;
        this.pages = SlotContents.pagesOf(image.length, pageSize);
        this.digest = new PageDigest(nonce);
        this.ofBlank = digest.of(new byte[0], 0, pageSize);
    }

    /** Returns a request for the pages from the first to the last unknown one, {@code limit} pages at most. */
    GetDigests ask(int tag) {
        int first = known.nextClearBit(0);
        int last = known.previousClearBit(pages - 1);
        asked = new GetDigests(tag, first, Math.min(limit, last - first + 1));
        return asked;
    }

    /** No digest came: asks for fewer from now on, since a shorter answer has a better chance on a noisy line. */
    void askLess() {
        limit = Math.max(1, Math.min(limit, Digests.MAX_COUNT) / 2);
    }

    /**
     * Takes digests that came under the tag of the last {@link #ask}.
     *
     * @return whether a digest was new
     */
    boolean accept(Digests digests) throws MalformedMessageException {
        int end = digests.first() + digests.count();
        if (digests.first() < asked.first() || end > asked.first() + asked.count()) {
            throw new MalformedMessageException(
                    "DIGESTS of pages " + digests.first() + " to " + (end - 1) + ", which were not asked for");
        }
        int before = known.cardinality();
        for (int i = 0; i < digests.count(); i++) {
            int page = digests.first() + i;
            known.set(page);
            right.set(page, Arrays.equals(digests.digest(i), digest.of(image, page, pageSize)));
            blank.set(page, Arrays.equals(digests.digest(i), ofBlank));
        }
        return known.cardinality() > before;
    }

    boolean isComplete() {
        return known.cardinality() == pages;
    }

    int pages() {
        return pages;
    }

    /** Returns what the digests say, as far as they are known. */
    SlotContents contents() {
        return new SlotContents(pages, right, blank);
    }

    /** Pages that are blank on the board, as far as their digests are known. */
    BitSet blank() {
        return blank;
    }

    /** Pages whose digest on the board is right. */
    BitSet right() {
        return right;
    }
}
