package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.store.DiskSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/** Whether journals and images can be kept: asked of the system, without a file being written. */
record StateDirectoryCheck(Path directory, long leastBytes) implements Check<Void> {
    /** Less than an image and its journal need. */
    private static final long TOO_LITTLE_BYTES = 4L << 20;

    /** Below this a station takes no starts: records must always fit. */
    private static final long TOO_LITTLE_FOR_RECORDS_BYTES = 256L << 20;

    /** So many times the least is enough for a while. */
    private static final int ENOUGH = 16;

    StateDirectoryCheck {
        directory = directory.toAbsolutePath();
    }

    StateDirectoryCheck(Path directory) {
        this(directory, TOO_LITTLE_BYTES);
    }

    static StateDirectoryCheck ofStation(Path directory) {
        return new StateDirectoryCheck(directory, TOO_LITTLE_FOR_RECORDS_BYTES);
    }

    @Override
    public CheckResult<Void> run() throws FotaException {
        Path existing = DiskSpace.existing(directory);
        if (!Files.isDirectory(existing)) {
            throw new FotaException(Reason.STORAGE_UNWRITABLE, existing + " is not a directory.");
        }
        if (!Files.isWritable(existing)) {
            throw new FotaException(
                    Reason.STORAGE_UNWRITABLE,
                    "User " + System.getProperty("user.name") + " may not write in " + existing + ".");
        }
        return space(existing);
    }

    private CheckResult<Void> space(Path existing) throws FotaException {
        OptionalLong known = DiskSpace.usable(existing);
        if (known.isEmpty()) {
            return CheckResult.ok(directory + " can be written; the system does not tell how much space it has.");
        }
        long free = known.getAsLong();
        String seen = directory + " has " + String.format(Locale.ROOT, "%,d", free >> 20) + " MiB of space.";
        if (free < leastBytes) {
            throw new FotaException(Reason.STORAGE_FULL, seen);
        }
        return free < ENOUGH * leastBytes
                ? CheckResult.warn(seen, Reason.STORAGE_FULL.whatToTry())
                : CheckResult.ok(seen);
    }
}
