package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.download.ImageCache.ObjectFiles;
import dev.fotabridge.host.store.DiskSpace;
import dev.fotabridge.host.store.Storage;
import dev.fotabridge.host.store.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The object's first bytes on disk, with the journal that says which object. Tested by HttpRangeSourceIT. */
final class PartFile implements AutoCloseable {
    private final ObjectFiles object;
    private FileChannel channel;
    private Journal written;

    /** Touches nothing before the first bytes are wanted. */
    PartFile(ObjectFiles object) {
        this.object = object;
    }

    /** Bytes from {@code offset} on are coming: what lies behind is cut off, and the journal says what they belong to. */
    void prepare(long offset, long total, Optional<String> etag) throws FotaException {
        if (total > offset) {
            DiskSpace.require(object.part().getParent(), total - offset);
        }
        Journal journal = new Journal(object.identity(), total, etag, Optional.empty());
        try {
            channel = channel == null ? open() : channel;
            channel.truncate(offset);
            channel.position(offset);
        } catch (IOException e) {
            throw StorageFailure.writing(object.part(), e);
        }
        if (!journal.equals(written)) {
            journal.write(object);
            written = journal;
        }
    }

    void write(ByteBuffer bytes) throws FotaException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw StorageFailure.writing(object.part(), e);
        }
    }

    /** All bytes are there: they are on the disk when this returns. */
    void finish() throws FotaException {
        try {
            Storage.force(channel, object.part());
        } catch (IOException e) {
            throw StorageFailure.writing(object.part(), e);
        }
    }

    private FileChannel open() throws FotaException {
        try {
            return FileChannel.open(object.part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw StorageFailure.writing(object.part(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // What has to be on the disk was forced there by finish.
            return;
        }
    }
}
