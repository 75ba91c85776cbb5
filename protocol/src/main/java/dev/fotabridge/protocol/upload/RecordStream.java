package dev.fotabridge.protocol.upload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of an upload as one byte sequence; SPEC.md section 6.2. A record is made when the window comes near it, so that the
 * first byte does not wait for the last page. Records are kept, because fragments may be sent again. Where the board would wait for the
 * line, a record that only erases a later page is put in between.
 */
final class RecordStream {
    /** STATUS counts records in 16 bits. */
    static final int MAX_RECORDS = 65_535;

    private static final long MAX_END = 0xFFFF_FFFFL;

    private final RecordPacker packer;
    private final EraseAhead ahead;

    /** One plan a page; the records of those before {@code nextPlan} are made. */
    private final List<Plan> plans = new ArrayList<>();

    private int nextPlan;
    private Packed nextRecord;

    /** Records made so far. */
    private final List<Record> records = new ArrayList<>();

    private long[] starts = new long[64];
    private long end;

    /** A page whose record is still to be made. */
    private record Plan(int page, boolean forced, boolean blank, boolean asItIs) {
        boolean mustBeErased() {
            return forced || !blank;
        }

        Plan erased() {
            return new Plan(page, false, true, asItIs);
        }
    }

    /** @param early true if it only erases the page; the page's own record follows later */
    private record Record(byte[] bytes, int page, boolean early) {}

    RecordStream(RecordPacker packer) {
        this.packer = packer;
        this.ahead = new EraseAhead(packer.leadSeconds());
    }

    /**
     * Plans a record for every page that is to be sent, ascending.
     *
     * @param asItIs true if no page may be deflated
     * @return false if the stream could exceed its limits; nothing is planned then
     */
    boolean append(PagePlan plan, boolean asItIs) {
        int left = plans.size() - nextPlan + plan.send().cardinality();
        // Each page may be erased early by a record of its own.
        boolean fits = records.size() + 2 * left <= MAX_RECORDS && end + 2L * left * packer.maxBytes() <= MAX_END;
        if (fits) {
            for (int page = plan.send().nextSetBit(0);
                    page >= 0;
                    page = plan.send().nextSetBit(page + 1)) {
                plans.add(new Plan(page, plan.force().get(page), plan.blank().get(page), asItIs));
            }
        }
        return fits;
    }

    /** Builds records until the stream reaches {@code offset} or the plan ends. Returns the stream's current length. */
    long extend(long offset) {
        while (end < offset && nextPlan < plans.size()) {
            makeNext();
        }
        return end;
    }

    private void makeNext() {
        Plan plan = plans.get(nextPlan);
        if (nextRecord == null) {
            nextRecord = packer.pack(plan.page, plan.forced, plan.blank, plan.asItIs);
        }
        int early = pageToErase();
        if (early < 0) {
            add(nextRecord, plan.page, false);
            nextRecord = null;
            nextPlan++;
        } else {
            eraseEarly(early);
        }
    }

    private void eraseEarly(int index) {
        Plan plan = plans.get(index);
        add(packer.erase(plan.page, plan.forced), plan.page, true);
        plans.set(index, plan.erased());
        if (index == nextPlan) {
            nextRecord = null;
        }
    }

    /** Returns the index of the plan whose page can be erased while the next record is on the line, or -1. */
    private int pageToErase() {
        int found = -1;
        boolean flashIsShort = false;
        int last = plans.get(nextPlan).page + EraseAhead.PAGES;
        for (int i = nextPlan; i < plans.size() && plans.get(i).page <= last && !(found >= 0 && flashIsShort); i++) {
            Plan plan = plans.get(i);
            if (found < 0 && plan.mustBeErased()) {
                Packed erase = packer.erase(plan.page, plan.forced);
                if (!ahead.hasTimeFor(erase, nextRecord)) {
                    return -1;
                }
                found = i;
            }
            flashIsShort = flashIsShort || packer.waitsForFlash(plan.page);
        }
        return flashIsShort ? found : -1;
    }

    private void add(Packed packed, int page, boolean early) {
        if (records.size() == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[records.size()] = end;
        records.add(new Record(packed.bytes(), page, early));
        end += packed.bytes().length;
        ahead.add(packed);
    }

    /** Returns the bytes from {@code start} to {@code end} exclusive; all of them must be made. */
    byte[] read(long start, long end) {
        byte[] bytes = new byte[(int) (end - start)];
        int filled = 0;
        int index = indexAt(start);
        while (filled < bytes.length) {
            byte[] record = records.get(index).bytes;
            int from = (int) (start + filled - starts[index]);
            int part = Math.min(record.length - from, bytes.length - filled);
            System.arraycopy(record, from, bytes, filled, part);
            filled += part;
            index++;
        }
        return bytes;
    }

    private int indexAt(long offset) {
        int found = Arrays.binarySearch(starts, 0, records.size(), offset);
        return found >= 0 ? found : -found - 2;
    }

    /** Returns how long line and board need for the records made so far, in seconds. */
    double seconds() {
        return ahead.seconds();
    }

    /** Returns the stream's current length. */
    long end() {
        return end;
    }

    /**
     * Returns where a fragment that begins at {@code offset} must end at the latest. A record that erases early gets a fragment of its
     * own, so that the board can begin to erase while the line carries the next one.
     */
    long fragmentEnd(long offset) {
        int index = offset < end ? indexAt(offset) : records.size();
        while (index < records.size() && records.get(index).early) {
            index++;
        }
        boolean fromEarly = index < records.size() && offset < end && records.get(indexAt(offset)).early;
        return fromEarly ? starts[index] : end;
    }

    /** Returns how many records are made or planned. */
    int count() {
        return records.size() + plans.size() - nextPlan;
    }

    /** Returns the page that record {@code index} carries, or -1 if it only erases one. The record must be made. */
    int page(int index) {
        Record record = records.get(index);
        return record.early ? -1 : record.page;
    }

    /** Returns how many records end at or below {@code offset}. */
    int recordsBelow(long offset) {
        return offset >= end ? records.size() : Math.max(0, indexAt(offset));
    }

    /** Returns how many records that end at or below {@code offset} carry a page. */
    int pagesBelow(long offset) {
        return (int) records.stream()
                .limit(recordsBelow(offset))
                .filter(record -> !record.early)
                .count();
    }
}
