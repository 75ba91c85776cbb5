package dev.fotabridge.protocol.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.BoardWork;
import dev.fotabridge.protocol.board.FlashRange;
import dev.fotabridge.protocol.board.SampleBoards;
import dev.fotabridge.protocol.board.SlotInfo;
import dev.fotabridge.protocol.board.SlotState;
import dev.fotabridge.protocol.board.SwapMode;
import dev.fotabridge.protocol.message.PayloadReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which records come, in which order. A page takes 87.5 ms to be erased, 44 ms to be programmed, 42 ms on a line of 1 Mbaud. */
class RecordStreamTest {
    private static final int PAGE = 4_096;
    private static final int PAGES = 20;
    private static final int FAST = 1_000_000;
    private static final int SLOW = 115_200;
    private static final long RUNNING = 0x10000;
    private static final int SECRET_PAGES = 8;
    private static final BitSet NONE = new BitSet();
    private static final BoardWork WORK = new BoardWork(87_500, 44_032, 300, 4_800, 500);

    /** The first pages of what runs cannot be read, as TF-M's. */
    private FlashRange readable = new FlashRange(RUNNING + SECRET_PAGES * PAGE, 0x68000);

    private final byte[] old = SampleBoards.image(PAGES * PAGE, 1);

    /** E erases the page, W writes it; + has FORCE_ERASE. */
    private record Seen(String kind, int page) {
        @Override
        public String toString() {
            return kind + page;
        }
    }

    private RecordStream stream(byte[] image, int baud, byte[] running, BitSet forced, BitSet blank) {
        RecordPacker packer = new RecordPacker(image, board(), Packing.at(baud, running), new byte[8]);
        RecordStream stream = new RecordStream(packer);
        int pages = image.length / PAGE;
        BitSet all = new BitSet();
        all.set(0, pages);
        assertTrue(stream.append(new PagePlan(pages, all, forced, blank), false));
        return stream;
    }

    private BoardInfo board() {
        SlotInfo slot = new SlotInfo(0x80000, 0x70000, PAGE, 0, 0x6E000, 4, SwapMode.MOVE, SlotState.BLANK);
        List<FlashRange> ranges = List.of(readable, new FlashRange(0x80000, 0x70000));
        BoardInfo.Features features = new BoardInfo.Features(true, true);
        return SampleBoards.info(slot, RUNNING, new BoardInfo.Flash(ranges, true, WORK), features);
    }

    /** The whole stream, taken apart. */
    private static List<Seen> all(RecordStream stream) throws Exception {
        byte[] bytes = stream.read(0, stream.extend(Long.MAX_VALUE));
        PayloadReader in = new PayloadReader("stream", bytes);
        List<Seen> seen = new ArrayList<>();
        while (in.remaining() > 0) {
            String kind = in.u8() == 1 ? "E" : "W";
            String force = in.u8() == 1 ? "+" : "";
            int page = in.u16();
            int length = in.u16();
            in.bytes(8 + length);
            seen.add(new Seen(kind + force, page));
        }
        return seen;
    }

    @Test
    void theFirstPageIsErasedWhileItCrossesTheLine() throws Exception {
        List<Seen> seen = all(stream(SampleBoards.image(PAGES * PAGE, 2), FAST, new byte[0], NONE, NONE));
        assertEquals("[E0, W0, W1, W2]", seen.subList(0, 4).toString());
        assertEquals(PAGES + 1, seen.size());
    }

    @Test
    void aBlankPageIsNotErasedUnlessItMustBe() throws Exception {
        BitSet all = new BitSet();
        all.set(0, PAGES);
        BitSet two = new BitSet();
        two.set(0, 2);
        byte[] image = SampleBoards.image(PAGES * PAGE, 2);
        assertEquals(PAGES, all(stream(image, FAST, new byte[0], NONE, all)).size());
        List<Seen> seen = all(stream(image, FAST, new byte[0], two, all));
        assertEquals("[E+0, W0, W+1, W2]", seen.subList(0, 4).toString());
    }

    @Test
    void whereTheLineIsTheSlowerOneAllAlongNothingIsErasedEarly() throws Exception {
        assertEquals(
                PAGES,
                all(stream(SampleBoards.image(PAGES * PAGE, 2), SLOW, new byte[0], NONE, NONE))
                        .size());
    }

    /** Eight pages travel for 0.36 s each; then come those that the board has, and only the flash counts. */
    @Test
    void pagesThatWillWaitForTheFlashAreErasedWhileOthersWaitForTheLine() throws Exception {
        List<Seen> seen = all(stream(old, SLOW, old, NONE, NONE));
        int early = 0;
        int written = 0;
        for (Seen record : seen) {
            if (record.kind.equals("E")) {
                assertEquals(early++, record.page);
                assertTrue(record.page >= written && record.page <= written + EraseAhead.PAGES, seen.toString());
            } else {
                assertEquals(written++, record.page);
            }
        }
        assertEquals(PAGES, written);
        assertTrue(early >= 2 * SECRET_PAGES - 1, seen.toString());
    }

    /** Twenty pages that the board has: the line could bring the next ones meanwhile, but the ring holds no more than two of them. */
    @Test
    void theLineIsNotFurtherAheadThanTheRingIsLong() throws Exception {
        readable = new FlashRange(RUNNING, 0x70000);
        byte[] running = SampleBoards.image(40 * PAGE, 1);
        byte[] image = running.clone();
        System.arraycopy(SampleBoards.image(8 * PAGE, 2), 0, image, 20 * PAGE, 8 * PAGE);
        List<Seen> seen = all(stream(image, SLOW, running, NONE, NONE));
        assertTrue(seen.stream().anyMatch(record -> record.kind.equals("E") && record.page >= 20), seen.toString());
    }

    @Test
    void erasingEarlyIsAFragmentOfItsOwnAndNoPage() {
        RecordStream stream = stream(SampleBoards.image(PAGES * PAGE, 2), FAST, new byte[0], NONE, NONE);
        stream.extend(1_000);
        assertEquals(RecordPacker.HEADER_BYTES, stream.fragmentEnd(0));
        assertEquals(RecordPacker.HEADER_BYTES, stream.fragmentEnd(5));
        assertEquals(stream.end(), stream.fragmentEnd(RecordPacker.HEADER_BYTES));
        assertEquals(stream.end(), stream.fragmentEnd(stream.end()));
        assertEquals(-1, stream.page(0));
        assertEquals(0, stream.page(1));
        assertEquals(2, stream.recordsBelow(stream.end()));
        assertEquals(1, stream.pagesBelow(stream.end()));
        assertEquals(PAGES + 1, stream.count());
    }

    @Test
    void piecesAreCutAnywhere() throws Exception {
        RecordStream stream = stream(old, SLOW, old, NONE, NONE);
        long end = stream.extend(Long.MAX_VALUE);
        byte[] whole = stream.read(0, end);
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(whole.length - 1);
            int to = from + 1 + random.nextInt(Math.min(3_000, whole.length - from - 1));
            byte[] piece = stream.read(from, to);
            for (int k = 0; k < piece.length; k++) {
                assertEquals(whole[from + k], piece[k]);
            }
        }
    }
}
