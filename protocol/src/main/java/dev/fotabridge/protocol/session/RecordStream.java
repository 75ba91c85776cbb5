package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.message.PayloadWriter;
import java.util.Arrays;

/**
 * The records of an upload as one byte sequence; SPEC.md section 6.2. Only where each record begins is kept: the bytes are built
 * from the image whenever they are asked for, also again.
 */
final class RecordStream {
    static final int HEADER_BYTES = 14;
    private static final int KIND_RAW = 0;
    private static final int KIND_BLANK = 1;
    private static final int FORCE_ERASE = 1;

    /** STATUS counts records in 16 bits. */
    static final int MAX_RECORDS = 65_535;

    private final byte[] image;
    private final int pageSize;
    private final PageDigest digest;

    private int count;
    private int[] pages = new int[64];
    private boolean[] forced = new boolean[64];
    private long[] starts = new long[64];
    private long end;

    /** The record built last: fragments ask for neighbours. */
    private int builtIndex = -1;

    private byte[] built;

    RecordStream(byte[] image, int pageSize, byte[] nonce) {
        this.image = image;
        this.pageSize = pageSize;
        this.digest = new PageDigest(nonce);
    }

    /** Adds a record for every page of the plan, ascending; false if the stream would grow beyond its limits. */
    boolean append(PagePlan plan) {
        for (int page = plan.send().nextSetBit(0); page >= 0; page = plan.send().nextSetBit(page + 1)) {
            if (count == MAX_RECORDS || end + HEADER_BYTES + pageSize > 0xFFFF_FFFFL) {
                return false;
            }
            grow();
            pages[count] = page;
            forced[count] = plan.force().get(page);
            starts[count] = end;
            end += HEADER_BYTES + length(page);
            count++;
        }
        return true;
    }

    private void grow() {
        if (count == pages.length) {
            pages = Arrays.copyOf(pages, 2 * count);
            forced = Arrays.copyOf(forced, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
        }
    }

    /** Bytes of the page up to its last one that is not 0xFF. */
    private int length(int page) {
        int from = page * pageSize;
        int last = Math.min(image.length, from + pageSize);
        while (last > from && image[last - 1] == (byte) 0xFF) {
            last--;
        }
        return last - from;
    }

    /** The bytes from {@code start} to {@code end} exclusive, all of them in the stream. */
    byte[] read(long start, long end) {
        byte[] bytes = new byte[(int) (end - start)];
        int filled = 0;
        int index = indexAt(start);
        while (filled < bytes.length) {
            byte[] record = build(index);
            int from = (int) (start + filled - starts[index]);
            int part = Math.min(record.length - from, bytes.length - filled);
            System.arraycopy(record, from, bytes, filled, part);
            filled += part;
            index++;
        }
        return bytes;
    }

    private int indexAt(long offset) {
        int found = Arrays.binarySearch(starts, 0, count, offset);
        return found >= 0 ? found : -found - 2;
    }

    private byte[] build(int index) {
        if (index != builtIndex) {
            int page = pages[index];
            int length = length(page);
            PayloadWriter record = new PayloadWriter().u8(length == 0 ? KIND_BLANK : KIND_RAW);
            record.u8(forced[index] ? FORCE_ERASE : 0).u16(page).u16(length);
            record.bytes(digest.of(image, page, pageSize));
            record.bytes(Arrays.copyOfRange(image, page * pageSize, page * pageSize + length));
            built = record.toBytes();
            builtIndex = index;
        }
        return built;
    }

    long end() {
        return end;
    }

    /** Records in the stream. */
    int count() {
        return count;
    }

    /** The page that record {@code index} carries. */
    int page(int index) {
        return pages[index];
    }

    /** How many records lie completely below {@code offset}. */
    int recordsBelow(long offset) {
        int found = Arrays.binarySearch(starts, 0, count, offset);
        int at = found >= 0 ? found : -found - 2;
        return offset >= end ? count : Math.max(0, at);
    }
}
