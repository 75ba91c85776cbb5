package dev.fotabridge.protocol.upload;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.message.Data;
import dev.fotabridge.protocol.message.MessageCodec;

/**
 * What an upload would send to a board. It is made of the plan, the records and the fragments of which the upload itself is made; only
 * the digests in the records are others, and the line loses nothing.
 * Tested by UploadEstimateTest.
 *
 * @param pages of the image
 * @param toSend pages that travel; the others are right already, as far as they are trusted
 * @param wireBytes bytes that the host sends for them: DATA with its framing. Requests, keep-alives and what is sent again come on top
 * @param seconds from the first byte of DATA until the last page is in flash, by what the board tells of its flash and CPU. Comparing,
 *     a change of the rate, and the hash of the whole image come on top
 */
public record UploadEstimate(int pages, int toSend, long wireBytes, double seconds) {
    private static final byte[] ANY_NONCE = new byte[8];

    /**
     * Estimates an upload; takes as long as it takes to deflate the image.
     *
     * @param upload with the packing of the line's rate
     * @param slot what slot 1 holds
     * @throws IllegalArgumentException if no upload sends so many bytes
     */
    public static UploadEstimate of(Upload upload, BoardInfo board, SlotContents slot) {
        boolean pending = UploadRun.mayBePending(slot, board);
        PagePlan plan = slot.plan(pending ? Upload.Trust.CLEAN : upload.trust(), upload.knownDurablePages());
        RecordStream stream = new RecordStream(new RecordPacker(upload.image(), board, upload.packing(), ANY_NONCE));
        if (!stream.append(plan, false)) {
            throw new IllegalArgumentException("an image of " + upload.image().length + " bytes");
        }
        long wireBytes = wireBytes(stream, UploadRun.largestFragment(board));
        return new UploadEstimate(slot.pages(), plan.send().cardinality(), wireBytes, stream.seconds());
    }

    private static long wireBytes(RecordStream stream, int fragmentBytes) {
        long end = stream.extend(Long.MAX_VALUE);
        long wireBytes = 0;
        for (long at = 0; at < end; ) {
            long next = Math.min(stream.fragmentEnd(at), at + fragmentBytes);
            wireBytes += wireBytes(new Data(at, stream.read(at, next)));
            at = next;
        }
        return wireBytes;
    }

    private static int wireBytes(Data data) {
        return FrameEncoder.encode(new Frame(data.type().code(), 0, 0, MessageCodec.encode(data))).length;
    }
}
