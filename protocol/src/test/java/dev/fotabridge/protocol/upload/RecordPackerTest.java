package dev.fotabridge.protocol.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

final class RecordPackerTest {
    private static final int PAGE = 4_096;
    private static final int SLOW = 115_200;
    private static final long RUNNING = 0x10000;
    private static final long SLOT = 0x80000;
    private static final BoardWork WORK = new BoardWork(87_500, 44_032, 300, 4_800, 500);

    private final byte[] old = codeLike(20 * PAGE, 1);
    private List<FlashRange> readable = List.of(new FlashRange(RUNNING, 0x70000), new FlashRange(SLOT, 0x70000));
    private BoardInfo.Features features = new BoardInfo.Features(true, true);

    /** What a record holds, decoded by another inflate than the board's. */
    private record Taken(int kind, int flags, int page, byte[] bytes) {}

    private RecordPacker packer(byte[] image, int baud, byte[] running) {
        return new RecordPacker(image, board(), Packing.at(baud, running), new byte[8]);
    }

    private BoardInfo board() {
        SlotInfo slot = new SlotInfo(SLOT, 0x70000, PAGE, 0, 0x6E000, 4, SwapMode.MOVE, SlotState.BLANK);
        return SampleBoards.info(slot, RUNNING, new BoardInfo.Flash(readable, true, WORK), features);
    }

    private static Taken read(byte[] record) throws Exception {
        PayloadReader in = new PayloadReader("record", record);
        int kind = in.u8();
        int flags = in.u8();
        int page = in.u16();
        int length = in.u16();
        in.bytes(8);
        assertEquals(in.remaining(), length);
        return new Taken(kind, flags, page, in.bytes(length));
    }

    /** Bytes with the habits of Thumb-2 code: few high bytes, recurring pairs. */
    private static byte[] codeLike(int size, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i += 2) {
            bytes[i] = (byte) random.nextInt(200);
            bytes[i + 1] = (byte) (0x46 + random.nextInt(6));
        }
        return bytes;
    }

    private static byte[] inflate(byte[] deflated, byte[] dictionary) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        if (dictionary.length > 0) {
            inflater.setDictionary(dictionary);
        }
        inflater.setInput(deflated);
        byte[] out = new byte[PAGE + 1];
        int count = inflater.inflate(out);
        assertTrue(inflater.finished(), "a whole stream");
        assertEquals(0, inflater.getRemaining());
        inflater.end();
        return Arrays.copyOf(out, count);
    }

    /** The dictionary that a record names, out of the board's memory. */
    private byte[] named(PayloadReader in, byte[] image) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int count = in.u8(); count > 0; count--) {
            long address = in.u32();
            int length = in.u16();
            assertTrue(
                    readable.stream().anyMatch(r -> address >= r.base() && address + length <= r.base() + r.length()),
                    "readable");
            byte[] from = address >= SLOT ? image : old;
            bytes.write(from, (int) (address - (address >= SLOT ? SLOT : RUNNING)), length);
        }
        assertTrue(bytes.size() <= Dictionary.WINDOW);
        return bytes.toByteArray();
    }

    private void comesOut(byte[] image, int page, byte[] record) throws Exception {
        Taken packed = read(record);
        byte[] wanted = Arrays.copyOfRange(image, page * PAGE, Math.min(image.length, (page + 1) * PAGE));
        byte[] got = packed.bytes;
        if (packed.kind == 2) {
            got = inflate(packed.bytes, Arrays.copyOfRange(image, Math.max(0, page * PAGE - 32_768), page * PAGE));
        } else if (packed.kind == 3) {
            PayloadReader in = new PayloadReader("record", packed.bytes);
            byte[] dictionary = named(in, image);
            got = inflate(in.bytes(in.remaining()), dictionary);
        }
        assertArrayEquals(wanted, got);
        assertEquals(page, packed.page);
    }

    @Test
    void onASlowLineAPageIsDeflatedAndComesOutAgain() throws Exception {
        byte[] image = codeLike(12 * PAGE + 3_000, 2);
        RecordPacker packer = packer(image, SLOW, new byte[0]);
        for (int page = 0; page < 13; page++) {
            byte[] record = packer.pack(page, false, true, false).bytes();
            assertEquals(2, read(record).kind);
            comesOut(image, page, record);
        }
    }

    @Test
    void movedCodeIsFoundInWhatRuns() throws Exception {
        byte[] image = new byte[old.length];
        byte[] added = codeLike(600, 3);
        System.arraycopy(old, 0, image, 0, 1_000);
        System.arraycopy(added, 0, image, 1_000, added.length);
        System.arraycopy(old, 1_000, image, 1_600, image.length - 1_600);
        RecordPacker packer = packer(image, SLOW, old);
        int bytes = 0;
        for (int page = 1; page < 20; page++) {
            byte[] record = packer.pack(page, false, false, false).bytes();
            assertEquals(3, read(record).kind);
            comesOut(image, page, record);
            bytes += record.length;
        }
        assertTrue(bytes < image.length / 20, bytes + " bytes");
    }

    @Test
    void onlyWhatTheStubCanReadIsNamed() throws Exception {
        readable = List.of(
                new FlashRange(RUNNING, 0x200),
                new FlashRange(RUNNING + 0x8000, 0x68000),
                new FlashRange(SLOT, 0x70000));
        RecordPacker packer = packer(old, SLOW, old);
        for (int page = 0; page < 20; page++) {
            comesOut(old, page, packer.pack(page, true, false, false).bytes());
        }
        readable = List.of();
        assertEquals(2, read(packer(old, SLOW, old).pack(3, false, false, false).bytes()).kind);
    }

    @Test
    void whatTheBoardRefusedIsNotGuessedAgain() throws Exception {
        RecordPacker packer = packer(old, SLOW, old);
        assertEquals(3, read(packer.pack(2, false, false, false).bytes()).kind);
        packer.distrustRunning();
        assertEquals(2, read(packer.pack(2, false, false, false).bytes()).kind);
        assertEquals(0, read(packer.pack(2, false, false, true).bytes()).kind);
    }

    @Test
    void aStubWithoutTheFeatureGetsNoneOfIt() throws Exception {
        features = new BoardInfo.Features(true, false);
        assertEquals(2, read(packer(old, SLOW, old).pack(2, false, false, false).bytes()).kind);
        features = new BoardInfo.Features(false, false);
        assertEquals(0, read(packer(old, SLOW, old).pack(2, false, false, false).bytes()).kind);
    }

    /** At 1 Mbaud a page crosses the line in 42 ms; erased and programmed it is in 131 ms, programmed in 44 ms. */
    @Test
    void whereTheFlashIsSlowerNothingIsDeflated() throws Exception {
        assertEquals(
                0, read(packer(old, 1_000_000, old).pack(2, false, false, false).bytes()).kind);
        assertEquals(
                3, read(packer(old, 460_800, old).pack(2, false, true, false).bytes()).kind);
        assertEquals(
                0, read(packer(old, 460_800, old).pack(2, false, false, false).bytes()).kind);
        assertEquals(
                0, read(packer(old, 460_800, old).pack(2, true, true, false).bytes()).kind);
    }

    @Test
    void noiseTravelsAsItIsAndNothingAsBlank() throws Exception {
        byte[] noise = new byte[3 * PAGE];
        new Random(4).nextBytes(noise);
        Arrays.fill(noise, PAGE, 2 * PAGE, (byte) 0xFF);
        RecordPacker packer = packer(noise, SLOW, old);
        Taken first = read(packer.pack(0, true, false, false).bytes());
        assertEquals(0, first.kind);
        assertEquals(1, first.flags);
        assertEquals(PAGE, first.bytes.length);
        Taken blank = read(packer.pack(1, false, false, false).bytes());
        assertEquals(1, blank.kind);
        assertEquals(0, blank.bytes.length);
    }
}
