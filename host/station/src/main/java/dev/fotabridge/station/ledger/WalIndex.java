package dev.fotabridge.station.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * SQLite's index of its log (sqlite.org/walformat.html, "WAL-Index Header"), in the byte order of this computer. SQLite writes there how many
 * frames are committed once they are on disk, so that the log has at least these. Tested by LedgerDamageIT.
 */
final class WalIndex {
    /** The header stands there twice; while it is written the two differ. */
    private static final int COPY_BYTES = 48;

    private static final int INITIALISED_AT = 12;
    private static final int FRAMES_AT = 16;
    private static final int SALT_AT = 32;

    private WalIndex() {}

    /**
     * Returns how many frames of the log are committed; 0 if the index does not say so of this log.
     *
     * @param ledger the database
     * @param salt of the log
     */
    static int committedFrames(Path ledger, byte[] salt) throws IOException {
        Path index = ledger.resolveSibling(ledger.getFileName() + "-shm");
        if (!Files.exists(index) || Files.size(index) < 2 * COPY_BYTES) {
            return 0;
        }
        byte[] bytes = new byte[2 * COPY_BYTES];
        try (var in = Files.newInputStream(index)) {
            in.readNBytes(bytes, 0, bytes.length);
        }
        boolean isOne = Arrays.equals(bytes, 0, COPY_BYTES, bytes, COPY_BYTES, 2 * COPY_BYTES);
        boolean isOfLog = Arrays.equals(bytes, SALT_AT, SALT_AT + salt.length, salt, 0, salt.length);
        return isOne && isOfLog && bytes[INITIALISED_AT] == 1
                ? ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(FRAMES_AT)
                : 0;
    }
}
