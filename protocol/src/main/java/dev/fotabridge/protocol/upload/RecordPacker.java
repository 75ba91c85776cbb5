package dev.fotabridge.protocol.upload;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.BoardWork;
import dev.fotabridge.protocol.board.FlashRange;
import dev.fotabridge.protocol.message.PayloadWriter;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Makes the record of a page, in the form that is fastest; SPEC.md section 6.2. The line carries one page while the board works on another,
 * so a page takes as long as the slower of the two.
 */
final class RecordPacker {
    static final int HEADER_BYTES = 14;
    private static final int KIND_RAW = 0;
    private static final int KIND_BLANK = 1;
    private static final int KIND_DEFLATE = 2;
    private static final int KIND_DEFLATE_DICTIONARY = 3;
    private static final int FORCE_ERASE = 1;

    /** Part of the dictionary's window for the slot's bytes below the page; the rest is for the running image. */
    private static final int BELOW_BYTES = 8_192;

    /** Bytes of the running image behind the place where the page's bytes are expected to end. */
    private static final int BEHIND_BYTES = 512;

    /** Wire bytes for each byte of a record; measured with whole frames of 1 KiB. */
    private static final double FRAMING = 1.02;

    private final byte[] image;
    private final BoardInfo board;
    private final Packing packing;
    private final PageDigest digest;
    private final int pageSize;
    private double lineBytesPerSecond;
    private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    private final SimilarBytes running;
    private boolean runningIsKnown;

    RecordPacker(byte[] image, BoardInfo board, Packing packing, byte[] nonce) {
        this.image = image;
        this.board = board;
        this.packing = packing;
        this.lineBytesPerSecond = packing.lineBytesPerSecond();
        this.digest = new PageDigest(nonce);
        this.pageSize = board.slot().pageSize();
        this.runningIsKnown = board.link().features().dictionary()
                && board.running().address() != BoardInfo.Running.UNKNOWN_ADDRESS
                && packing.runningImage().length > 0
                && !Double.isInfinite(packing.lineBytesPerSecond());
        this.running = runningIsKnown ? new SimilarBytes(packing.runningImage()) : null;
    }

    /** The board refused a page: its memory may not hold the running image, so dictionaries do not name it any more. */
    void distrustRunning() {
        runningIsKnown = false;
    }

    /** The line's bit rate changed. */
    void lineRate(int baud) {
        if (!Double.isInfinite(lineBytesPerSecond)) {
            lineBytesPerSecond = baud / 10.0;
        }
    }

    /** Returns the length of the longest possible record. */
    int maxBytes() {
        return HEADER_BYTES + pageSize;
    }

    /**
     * @param forced with FORCE_ERASE
     * @param blank true if the page is known to be blank on the board
     * @param asItIs true if the page must not be deflated
     */
    Packed pack(int page, boolean forced, boolean blank, boolean asItIs) {
        int from = page * pageSize;
        int length = length(page);
        double flash = flashSeconds(length, forced || !blank);
        if (length == 0) {
            return record(form(KIND_BLANK, new byte[0], flash), forced, page, digest.of(image, page, pageSize));
        }
        byte[] raw = Arrays.copyOfRange(image, from, from + length);
        Form best = form(KIND_RAW, raw, flash);
        if (!asItIs && board.link().features().deflate() && lineSeconds(length) > flash) {
            best = best.or(deflate(KIND_DEFLATE, raw, own(from), new byte[0], flash));
            best = best.or(withRunning(from, raw, flash));
        }
        return record(best, forced, page, digest.of(image, page, pageSize));
    }

    /** Returns a record that only erases the page; the page's own record follows later. */
    Packed erase(int page, boolean forced) {
        byte[] ofBlank = digest.of(new byte[0], 0, pageSize);
        return record(form(KIND_BLANK, new byte[0], flashSeconds(0, true)), forced, page, ofBlank);
    }

    /**
     * Returns whether the line carries this page faster than the flash takes it. It is an estimate for a page that is similar to the
     * running image.
     */
    boolean waitsForFlash(int page) {
        int from = page * pageSize;
        int length = length(page);
        if (lineSeconds(length) <= flashSeconds(length, true)) {
            return true;
        }
        int place = runningIsKnown ? running.find(image, from, from + length) : -1;
        long address = board.running().address() + place;
        return place >= 0
                && board.flash().readable().stream()
                        .anyMatch(r -> r.base() <= address && address + length <= r.base() + r.length());
    }

    /** Returns how long the line needs to fill the board's ring. */
    double leadSeconds() {
        return board.link().streamCapacity() / lineBytesPerSecond;
    }

    /**
     * One form of a page.
     *
     * @param line seconds that the line is busy
     * @param board seconds that the board is busy
     */
    private record Form(int kind, byte[] bytes, double line, double board) {
        Form or(Form other) {
            return other != null && other.seconds() < seconds() ? other : this;
        }

        double seconds() {
            return Math.max(line, board);
        }
    }

    private Form form(int kind, byte[] bytes, double board) {
        return new Form(kind, bytes, lineSeconds(bytes.length), board);
    }

    private double lineSeconds(int bytes) {
        return FRAMING * (HEADER_BYTES + bytes) / lineBytesPerSecond;
    }

    private double flashSeconds(int length, boolean erased) {
        BoardWork work = board.flash().work();
        double micros = (erased ? work.eraseMicros() : 0) + (double) work.programMicros() * length / pageSize;
        return micros / 1e6 + pageSize * (double) work.digestNanos() / 1e9;
    }

    private double inflateSeconds(int in, int out) {
        BoardWork work = board.flash().work();
        return ((double) in * work.inflateInNanos() + (double) out * work.inflateOutNanos()) / 1e9;
    }

    /** Returns the page's length without 0xFF at its end. */
    private int length(int page) {
        int from = page * pageSize;
        int last = Math.min(image.length, from + pageSize);
        while (last > from && image[last - 1] == (byte) 0xFF) {
            last--;
        }
        return last - from;
    }

    /** Returns the image's bytes before this page, as many as the window holds. */
    private byte[] own(int from) {
        return Arrays.copyOfRange(image, Math.max(0, from - Dictionary.WINDOW), from);
    }

    private Form withRunning(int from, byte[] raw, double flash) {
        int place = runningIsKnown ? running.find(image, from, from + raw.length) : -1;
        if (place < 0) {
            return null;
        }
        Dictionary dictionary = new Dictionary();
        int below = Math.max(0, from - BELOW_BYTES);
        addReadable(dictionary, slotAddress(below), image, below, from);
        int end = Math.min(packing.runningImage().length, place + raw.length + BEHIND_BYTES);
        int start = Math.max(0, end - (Dictionary.WINDOW - BELOW_BYTES));
        addReadable(dictionary, board.running().address() + start, packing.runningImage(), start, end);
        return dictionary.isEmpty()
                ? null
                : deflate(KIND_DEFLATE_DICTIONARY, raw, dictionary.bytes(), dictionary.header(), flash);
    }

    private long slotAddress(int imageOffset) {
        return board.slot().base() + board.slot().imageOffset() + imageOffset;
    }

    /** Adds those parts of the stretch that the stub can read. */
    private void addReadable(Dictionary dictionary, long address, byte[] bytes, int start, int end) {
        for (FlashRange range : board.flash().readable()) {
            long first = Math.max(address, range.base());
            long last = Math.min(address + (end - start), range.base() + range.length());
            if (last > first) {
                dictionary.add(first, bytes, start + (int) (first - address), start + (int) (last - address));
            }
        }
    }

    /** Returns null if the form would not be shorter than the page. */
    private Form deflate(int kind, byte[] raw, byte[] dictionary, byte[] header, double flash) {
        byte[] out = new byte[raw.length - 1];
        if (header.length >= out.length) {
            return null;
        }
        System.arraycopy(header, 0, out, 0, header.length);
        deflater.reset();
        if (dictionary.length > 0) {
            deflater.setDictionary(dictionary);
        }
        deflater.setInput(raw);
        deflater.finish();
        int count = header.length + deflater.deflate(out, header.length, out.length - header.length);
        double board = flash + inflateSeconds(count - header.length, raw.length);
        return deflater.finished() ? form(kind, Arrays.copyOf(out, count), board) : null;
    }

    private static Packed record(Form form, boolean forced, int page, byte[] digest) {
        PayloadWriter record = new PayloadWriter().u8(form.kind).u8(forced ? FORCE_ERASE : 0);
        record.u16(page).u16(form.bytes.length).bytes(digest);
        return new Packed(record.bytes(form.bytes).toBytes(), form.line, form.board);
    }
}
