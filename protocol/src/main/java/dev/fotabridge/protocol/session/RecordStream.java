package dev.fotabridge.protocol.session;

import java.util.Arrays;

/**
 * The records of an upload as one byte sequence; SPEC.md section 6.2. A record is made when the window comes near it, so that the
 * first bytes do not wait for the last page's, and kept, since fragments of it may be asked for again.
 */
final class RecordStream {
    /** STATUS counts records in 16 bits. */
    static final int MAX_RECORDS = 65_535;

    private static final long MAX_END = 0xFFFF_FFFFL;

    private final RecordPacker packer;

    /** Records that are planned, and of them those that are made. */
    private int count;

    private int made;
    private Plan[] plans = new Plan[64];
    private byte[][] records = new byte[64][];
    private long[] starts = new long[64];
    private long end;

    /** What becomes a record. */
    private record Plan(int page, boolean forced, boolean blank, boolean asItIs) {}

    RecordStream(RecordPacker packer) {
        this.packer = packer;
    }

    /**
     * Plans a record for every page that is to be sent, ascending; false if the stream could grow beyond its limits.
     *
     * @param asItIs whether no page is to be deflated
     */
    boolean append(PagePlan plan, boolean asItIs) {
        int added = plan.send().cardinality();
        boolean fits =
                count + added <= MAX_RECORDS && end + (count - made + added) * (long) packer.maxBytes() <= MAX_END;
        if (fits) {
            grow(count + added);
            plan.send().stream()
                    .forEach(page -> plans[count++] =
                            new Plan(page, plan.force().get(page), plan.blank().get(page), asItIs));
        }
        return fits;
    }

    private void grow(int size) {
        if (size > plans.length) {
            int length = Math.max(size, 2 * plans.length);
            plans = Arrays.copyOf(plans, length);
            records = Arrays.copyOf(records, length);
            starts = Arrays.copyOf(starts, length);
        }
    }

    /** Makes records until the stream reaches {@code offset}, if it goes so far; where it ends by now. */
    long extend(long offset) {
        while (end < offset && made < count) {
            Plan plan = plans[made];
            records[made] = packer.pack(plan.page, plan.forced, plan.blank, plan.asItIs);
            starts[made] = end;
            end += records[made].length;
            made++;
        }
        return end;
    }

    /** The bytes from {@code start} to {@code end} exclusive, all of them made. */
    byte[] read(long start, long end) {
        byte[] bytes = new byte[(int) (end - start)];
        int filled = 0;
        int index = indexAt(start);
        while (filled < bytes.length) {
            byte[] record = records[index];
            int from = (int) (start + filled - starts[index]);
            int part = Math.min(record.length - from, bytes.length - filled);
            System.arraycopy(record, from, bytes, filled, part);
            filled += part;
            index++;
        }
        return bytes;
    }

    private int indexAt(long offset) {
        int found = Arrays.binarySearch(starts, 0, made, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** How long the stream is so far. */
    long end() {
        return end;
    }

    /** Records that are planned. */
    int count() {
        return count;
    }

    /** The page that record {@code index} carries. */
    int page(int index) {
        return plans[index].page;
    }

    /** How many of the records made so far lie completely below {@code offset}. */
    int recordsBelow(long offset) {
        return offset >= end ? made : Math.max(0, indexAt(offset));
    }
}
