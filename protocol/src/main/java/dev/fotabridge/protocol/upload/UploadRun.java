package dev.fotabridge.protocol.upload;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.SlotState;
import dev.fotabridge.protocol.message.Begin;
import dev.fotabridge.protocol.message.Data;
import dev.fotabridge.protocol.message.Digests;
import dev.fotabridge.protocol.message.GetDigests;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Status;
import dev.fotabridge.protocol.window.FragmentSizer;
import dev.fotabridge.protocol.window.SendWindow;
import dev.fotabridge.protocol.window.Span;
import java.util.BitSet;

/**
 * One upload, from the first digest to the last durable page; SPEC.md section 6. It knows pages and the stream, but neither
 * time nor requests.
 *
 * <p>An upload normally takes one pass. If the board refuses records, another pass compares their pages and sends them again, further
 * along the same stream.
 * Tested by HostSessionTest.
 */
public final class UploadRun {
    /** Passes over the pages, and GET_DIGESTS in a row that bring nothing new, before the session fails. */
    public static final int MAX_ROUNDS = 16;

    /**
     * What BEGIN's answer decided.
     *
     * @param pages of the image
     * @param toSend pages that are sent; the others are right already
     * @param alreadyPending the slot is pending with this very image
     */
    public record Planned(int pages, int toSend, boolean alreadyPending) {}

    /**
     * How much of the image is durable.
     *
     * @param durablePages pages that are right in flash, skipped ones included, in page order without a gap
     * @param bytes of the file that are durable, at most total
     */
    public record Progress(int durablePages, long bytes, long total) {}

    private final Upload upload;
    private final BoardInfo board;
    private final byte[] nonce;
    private final RecordPacker packer;
    private final RecordStream stream;
    private final FragmentSizer sizer;
    private final SendWindow window;

    private DigestComparison comparison;
    private int emptyRounds;
    private int passes;
    private boolean newDigests;

    private int skipped;
    private int durable;
    private int refused;
    /** Records before this pass, and how many of them were refused. */
    private int passFirst;

    private int passRefused;
    private final BitSet rightPages = new BitSet();
    /** Pages with FORCE_ERASE that were not seen durable yet. */
    private final BitSet owed = new BitSet();

    private int reportedPages;

    public UploadRun(Upload upload, BoardInfo board, byte[] nonce) {
        this.upload = upload;
        this.board = board;
        this.nonce = nonce;
        this.packer = new RecordPacker(upload.image(), board, upload.packing(), nonce);
        this.stream = new RecordStream(packer);
        this.sizer = new FragmentSizer(largestFragment(board));
        this.window = new SendWindow(sizer);
        compareAgain();
    }

    static int largestFragment(BoardInfo board) {
        int quarter = board.link().lineCapacity() / 4;
        return Math.max(FragmentSizer.MIN_BYTES, Math.min(board.link().fragmentMax(), quarter));
    }

    // Digests.

    private void compareAgain() {
        comparison = new DigestComparison(upload.image(), board.slot().pageSize(), nonce);
        emptyRounds = 0;
    }

    /** Returns false if every page is sent, whatever the slot holds. */
    public boolean needsDigests() {
        return upload.trust() != Upload.Trust.NOTHING;
    }

    public GetDigests askDigests(int tag) {
        newDigests = false;
        return comparison.ask(tag);
    }

    /** Takes DIGESTS that carry the tag of the last {@link #askDigests}. Returns whether a digest was new. */
    public boolean acceptDigests(Digests digests) throws MalformedMessageException {
        boolean fresh = comparison.accept(digests);
        newDigests |= fresh;
        return fresh;
    }

    /** GET_DIGESTS was answered. Returns whether all digests are there. */
    public boolean digestsComplete() {
        if (newDigests) {
            emptyRounds = 0;
        } else {
            emptyRounds++;
            comparison.askLess();
        }
        return comparison.isComplete();
    }

    /** Returns true if {@link #MAX_ROUNDS} answers in a row brought no digest: the line loses nearly everything. */
    public boolean digestsNeverCome() {
        return emptyRounds >= MAX_ROUNDS;
    }

    /** Returns what the digests say of the slot, as far as they are known. */
    public SlotContents slot() {
        return comparison.contents();
    }

    // BEGIN.

    public Begin begin(int tag) {
        int erase = isUnclean() ? Begin.ERASE_TRAILER : 0;
        int refusePending = mayBePending() ? 0 : Begin.NOT_PENDING;
        return new Begin(tag, erase | refusePending, upload.image().length, upload.fileSha256(), upload.imageHash());
    }

    private boolean isUnclean() {
        return upload.trust() == Upload.Trust.UNCLEAN || upload.trust() == Upload.Trust.NOTHING;
    }

    private boolean mayBePending() {
        return mayBePending(slot(), board);
    }

    /** The hash TLV alone does not prove that the file is the same; the digests do. */
    static boolean mayBePending(SlotContents slot, BoardInfo board) {
        return slot.isWhole() && board.slot().state() == SlotState.PENDING_TEST;
    }

    /** BEGIN was accepted. @param detail of its REPLY: 1 if the slot is pending with this image */
    public Planned begun(long detail) throws MalformedMessageException {
        if (detail > 1 || (detail == 1 && !mayBePending())) {
            throw new MalformedMessageException("BEGIN was answered with detail " + detail);
        }
        boolean pending = detail == 1;
        Upload.Trust trust = pending ? Upload.Trust.CLEAN : upload.trust();
        int pages = comparison.pages();
        PagePlan plan = slot().plan(trust, upload.knownDurablePages());
        skipped = pages - plan.send().cardinality();
        owed.or(plan.force());
        addPass(plan);
        return new Planned(pages, plan.send().cardinality(), pending);
    }

    private void addPass(PagePlan plan) throws MalformedMessageException {
        passes++;
        if (passes > MAX_ROUNDS || !stream.append(plan, passes > 1)) {
            throw new MalformedMessageException(refused + " pages were refused in " + passes + " passes");
        }
        rightPages.clear();
        rightPages.set(0, plan.pages());
        rightPages.andNot(plan.send());
    }

    /** Plans another pass after refused records. Returns whether it has something to send. */
    public boolean nextPass() throws MalformedMessageException {
        addPass(PagePlan.again(comparison.pages(), comparison.right(), comparison.blank(), owed));
        return stream.count() > passFirst;
    }

    // The stream.

    /** Returns the next piece to send, or null. */
    public Span next() {
        stream.extend(window.next() + board.link().fragmentMax());
        return window.next(stream.fragmentEnd(window.next()));
    }

    public Data data(Span span) {
        return new Data(span.start(), stream.read(span.start(), span.end()));
    }

    public void sent(Span span, int frameNumber) {
        window.sent(span, frameNumber);
    }

    /**
     * Takes a STATUS. The caller has checked that no position goes back.
     *
     * @return whether the board made progress
     */
    public boolean acceptStatus(Status status) throws MalformedMessageException {
        int done = status.durable() + status.refused();
        if (done > stream.recordsBelow(status.received())) {
            throw new MalformedMessageException(
                    done + " records are done, but only " + status.received() + " bytes are received");
        }
        if (status.refused() > refused) {
            packer.distrustRunning();
        }
        boolean forward = status.received() > window.received() || done > durable + refused;
        window.acknowledge(status.received(), status.ranges(), status.lastNumber(), status.credit());
        if (status.refused() == refused) {
            payOff(durable + refused, done);
        }
        durable = status.durable();
        refused = status.refused();
        for (int i = passFirst; refused == passRefused && i < done; i++) {
            if (stream.page(i) >= 0) {
                rightPages.set(stream.page(i));
            }
        }
        return forward;
    }

    /** These records are durable. Where STATUS counts a refused one among others, nobody can say which it was, and all stay owed. */
    private void payOff(int from, int to) {
        for (int i = from; i < to; i++) {
            if (stream.page(i) >= 0) {
                owed.clear(stream.page(i));
            }
        }
    }

    /** Returns whether every record is durable or refused. */
    public boolean passIsOver() {
        return durable + refused == stream.count();
    }

    /** Called when the pass is over. Returns whether records were refused, so that their pages must be compared again. */
    public boolean mustCompareAgain() {
        boolean again = refused > passRefused;
        passFirst = stream.count();
        passRefused = refused;
        if (again) {
            compareAgain();
        }
        return again;
    }

    /** Returns the progress if there is more than at the last call, else null. */
    public Progress progress() {
        int pages = rightPages.nextClearBit(0);
        if (pages <= reportedPages) {
            return null;
        }
        reportedPages = pages;
        long total = upload.image().length;
        return new Progress(pages, Math.min(total, (long) pages * board.slot().pageSize()), total);
    }

    /** Returns about how many bytes of the image are still to be sent; before BEGIN by the digests. */
    public long bytesLeft() {
        int pages = stream.count() > 0
                ? stream.count() - durable - refused
                : comparison.pages() - comparison.right().cardinality();
        return (long) pages * board.slot().pageSize();
    }

    /** The line's bit rate changed: further records are chosen for it. */
    public void lineRate(int baud) {
        packer.lineRate(baud);
    }

    public Upload upload() {
        return upload;
    }

    /** Returns how many bytes of the stream were sent. */
    public long sentOffset() {
        return window.next();
    }

    /** Returns how many records with a page were sent completely; a page counts once for each of its records. */
    public int pagesSent() {
        return stream.pagesBelow(window.next());
    }

    public int pagesSkipped() {
        return skipped;
    }

    @Override
    public String toString() {
        return "durable=" + durable + "/" + stream.count() + " refused=" + refused + " " + window + " of "
                + stream.end() + " fragment=" + sizer.size();
    }
}
