package dev.fotabridge.station.ledger;

import java.nio.file.Path;

/** Whether the disk has room for records: below that no run is started. Tested by LedgerFileIT. */
public final class FreeSpace {
    /** Bytes. Thousands of records, and a copy of the ledger's log; a disk that is nearly full fails in the middle of a run. */
    public static final long NEEDED = 256L << 20;

    private FreeSpace() {}

    /** {@return whether a directory's disk has that much; true if the system does not tell} */
    public static boolean isEnough(Path directory) {
        return isEnough(directory, NEEDED);
    }

    static boolean isEnough(Path directory, long bytes) {
        // Both are 0 where the system cannot be asked.
        return directory.toFile().getTotalSpace() == 0 || directory.toFile().getUsableSpace() >= bytes;
    }
}
