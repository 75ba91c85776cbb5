package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.download.ImageCache.ObjectFiles;
import dev.fotabridge.host.store.Storage;
import dev.fotabridge.host.value.Sha256;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/**
 * What is known of an object between two runs. Written before the bytes that it speaks of; how many there are is the
 * length of the partial file.
 * Tested by HttpRangeSourceIT.
 *
 * @param identity URL without query
 * @param total the object's size, -1 if it is not known
 * @param etag strong ETag; without one, nothing is gone on with
 * @param finished the whole file, once it is in the cache
 */
record Journal(String identity, long total, Optional<String> etag, Optional<Sha256> finished) {
    static Optional<Journal> read(ObjectFiles object) {
        Optional<byte[]> bytes = Storage.readIfPossible(object.journal());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            Properties text = new Properties();
            text.load(new StringReader(new String(bytes.get(), StandardCharsets.UTF_8)));
            Journal journal = new Journal(
                    text.getProperty("identity", ""),
                    Long.parseLong(text.getProperty("total", "-1")),
                    Optional.ofNullable(text.getProperty("etag")),
                    Optional.ofNullable(text.getProperty("finished"))
                            .filter(Sha256::isHex)
                            .map(Sha256::parse));
            return Optional.of(journal).filter(j -> j.identity.equals(object.identity()));
        } catch (IOException | IllegalArgumentException e) {
            // A damaged journal is as good as none: the download starts at byte 0.
            return Optional.empty();
        }
    }

    void write(ObjectFiles object) throws FotaException {
        Properties text = new Properties();
        text.setProperty("identity", identity);
        text.setProperty("total", Long.toString(total));
        etag.ifPresent(value -> text.setProperty("etag", value));
        finished.ifPresent(value -> text.setProperty("finished", value.hex()));
        StringWriter out = new StringWriter();
        text.forEach((key, value) -> out.append(escape(key.toString()))
                .append('=')
                .append(escape(value.toString()))
                .append('\n'));
        Storage.write(object.journal(), out.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** As Properties reads it back; ETags are ASCII without controls, but may hold backslashes. */
    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("=", "\\=")
                .replace(":", "\\:")
                .replace(" ", "\\ ");
    }

    /** What to go on with, given how many bytes are on disk. */
    Partial resume(long bytesOnDisk) {
        boolean usable = etag.isPresent() && total > 0 && bytesOnDisk > 0 && bytesOnDisk < total;
        return usable ? new Partial(bytesOnDisk, total, etag) : Partial.none();
    }
}
