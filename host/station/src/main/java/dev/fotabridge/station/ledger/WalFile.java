package dev.fotabridge.station.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a killed station left beside its ledger: SQLite's log of commits (sqlite.org/fileformat2.html, "The Write-Ahead Log"). SQLite reads
 * it up to the first frame whose checksum is wrong, and forgets the commits behind it without a word. Here that is damage. The commit that
 * was under way when the power was lost may be torn, and is none; those before it had waited for the disk.
 * Tested by LedgerDamageIT.
 */
final class WalFile {
    private static final int HEADER_BYTES = 32;
    /** Its last bit is the byte order of what is summed. */
    private static final int MAGIC = 0x377f0682;

    private static final int PAGE_SIZE_AT = 8;
    private static final int SALT_AT = 16;
    private static final int CHECKSUM_AT = 24;
    private static final int LEAST_PAGE = 512;
    private static final int MOST_PAGE = 65_536;

    private static final int FRAME_HEADER_BYTES = 24;
    private static final int FRAME_COMMIT_AT = 4;
    private static final int FRAME_SALT_AT = 8;
    private static final int FRAME_CHECKSUM_AT = 16;

    private final FileChannel channel;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);

    /** Frames from the first one on that are whole. */
    private int wholeFrames;

    /** Commits that are whole and lie behind a frame that is not. */
    private int lostCommits;

    private WalFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Returns how the log of a ledger is damaged; empty if it is whole or there is none. To be called before SQLite opens the ledger, which
     * takes the log over.
     *
     * @param ledger the database
     */
    static Optional<String> damage(Path ledger) throws IOException {
        Path log = ledger.resolveSibling(ledger.getFileName() + "-wal");
        if (!Files.exists(log) || Files.size(log) == 0) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            WalFile file = new WalFile(channel);
            if (!file.readHeader()) {
                return Optional.of("the begin of its log is damaged");
            }
            file.readFrames();
            int committed = WalIndex.committedFrames(ledger, file.salt(file.header, SALT_AT));
            return file.lostCommits > 1 || file.wholeFrames < committed
                    ? Optional.of("commits in its log are damaged")
                    : Optional.empty();
        }
    }

    private boolean readHeader() throws IOException {
        return fill(header, 0)
                && (header.getInt(0) & ~1) == MAGIC
                && pageSize() >= LEAST_PAGE
                && pageSize() <= MOST_PAGE
                && sum(0, header, 0, CHECKSUM_AT) == header.getLong(CHECKSUM_AT);
    }

    private int pageSize() {
        return header.getInt(PAGE_SIZE_AT);
    }

    private void readFrames() throws IOException {
        byte[] salt = salt(header, SALT_AT);
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + pageSize());
        long before = header.getLong(CHECKSUM_AT);
        boolean isBroken = false;
        for (long at = HEADER_BYTES; fill(frame, at); at += frame.capacity()) {
            // Frames of an earlier log may follow, under another salt.
            boolean isWhole = Arrays.equals(salt, salt(frame, FRAME_SALT_AT))
                    && sum(before, frame) == frame.getLong(FRAME_CHECKSUM_AT);
            isBroken |= !isWhole;
            wholeFrames += isBroken ? 0 : 1;
            lostCommits += isBroken && isWhole && frame.getInt(FRAME_COMMIT_AT) != 0 ? 1 : 0;
            before = frame.getLong(FRAME_CHECKSUM_AT);
        }
    }

    private byte[] salt(ByteBuffer from, int at) {
        return Arrays.copyOfRange(from.array(), at, at + Long.BYTES);
    }

    private long sum(long before, ByteBuffer frame) {
        long ofHeader = sum(before, frame, 0, FRAME_SALT_AT);
        return sum(ofHeader, frame, FRAME_HEADER_BYTES, frame.capacity());
    }

    private long sum(long before, ByteBuffer bytes, int from, int to) {
        ByteOrder order = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer words = bytes.duplicate().order(order);
        int first = (int) (before >>> Integer.SIZE);
        int second = (int) before;
        for (int at = from; at < to; at += Long.BYTES) {
            first += words.getInt(at) + second;
            second += words.getInt(at + Integer.BYTES) + first;
        }
        return (long) first << Integer.SIZE | second & 0xFFFF_FFFFL;
    }

    /** Returns whether the file goes so far. */
    private boolean fill(ByteBuffer buffer, long from) throws IOException {
        buffer.clear();
        long at = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }
}
