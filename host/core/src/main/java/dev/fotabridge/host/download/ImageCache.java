package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.image.ImageInspector;
import dev.fotabridge.host.store.Storage;
import dev.fotabridge.host.store.StorageFailure;
import dev.fotabridge.host.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Image files in a directory, shared by boards and by processes. Found by fileSha256 and by imageHash; a damaged file is
 * noticed when it is asked for, and forgotten. Bounded: after each download what was not used for longest goes, see
 * {@link CachePruning}. Thread-safe; calls block for as long as the disk takes.
 *
 * <pre>
 *   files/FILESHA256      whole files, under the hash of their bytes
 *   images/IMAGEHASH      text: the FILESHA256 of a file that holds this image
 *   objects/KEY.journal   what is known of an object at a server, see {@link Journal}; KEY is a hash of its URL
 *   objects/KEY.part      its first bytes, while it is being fetched
 *   objects/KEY.lock      held by whoever fetches it
 * </pre>
 */
public final class ImageCache {
    private static final Logger LOG = LoggerFactory.getLogger(ImageCache.class);
    private static final int BUFFER_BYTES = 65_536;

    /** Hundreds of images of a usual size. */
    private static final long MAX_BYTES = 256 << 20;

    private final Path files;
    private final Path images;
    private final Path objects;
    private final CachePruning pruning;
    private final InstantSource clock;
    private final long maxBytes;

    /**
     * Uses a directory, made if it is missing.
     *
     * @param clock the time of day, by which files in use are told from old ones
     * @throws FotaException STORAGE_UNWRITABLE or STORAGE_FULL
     */
    public ImageCache(Path directory, InstantSource clock) throws FotaException {
        this(directory, clock, MAX_BYTES);
    }

    ImageCache(Path directory, InstantSource clock, long maxBytes) throws FotaException {
        this.clock = clock;
        this.maxBytes = maxBytes;
        files = directory.resolve("files");
        images = directory.resolve("images");
        objects = directory.resolve("objects");
        Storage.makeDirectory(files);
        Storage.makeDirectory(images);
        Storage.makeDirectory(objects);
        pruning = new CachePruning(files, images, objects);
    }

    /** The whole, undamaged file of this hash. One that cannot be read counts as none: it can be fetched again. */
    public Optional<CachedImage> byFile(Sha256 fileSha256) {
        Path file = files.resolve(fileSha256.hex());
        try {
            CachePruning.use(file, clock.instant());
            if (!Files.isRegularFile(file) || !digest(file).equals(fileSha256)) {
                Storage.discard(file);
                return Optional.empty();
            }
            return Optional.of(new CachedImage(file, fileSha256, Files.size(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read ({}); it counts as none", file, e.toString());
            return Optional.empty();
        }
    }

    /** A whole, undamaged file that holds the image of this MCUboot hash, as {@link #index} was told. */
    public Optional<CachedImage> byImage(Sha256 imageHash) {
        return indexed(images.resolve(imageHash.hex())).flatMap(hex -> byFile(Sha256.parse(hex)));
    }

    /** The fileSha256 that an entry of images/ holds. */
    static Optional<String> indexed(Path entry) {
        return Storage.readIfPossible(entry)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).trim())
                .filter(Sha256::isHex);
    }

    /** Deletes a file that no board can use, so that it takes no place. */
    public void forget(Sha256 fileSha256) {
        Storage.discard(files.resolve(fileSha256.hex()));
    }

    /**
     * Remembers which image a file holds.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE
     */
    public void index(Sha256 imageHash, Sha256 fileSha256) throws FotaException {
        Path entry = images.resolve(imageHash.hex());
        if (!indexed(entry).equals(Optional.of(fileSha256.hex()))) {
            Storage.write(entry, (fileSha256.hex() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Takes a copy of a file in that came from elsewhere, and remembers which image it holds.
     *
     * @param fileSha256 of its bytes
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE
     */
    public void keep(byte[] file, Sha256 fileSha256, Sha256 imageHash) throws FotaException {
        Storage.write(files.resolve(fileSha256.hex()), file);
        index(imageHash, fileSha256);
        prune();
    }

    /** Takes a finished file in, under the hash of its bytes; the given file is gone afterwards. */
    CachedImage adopt(Path finished) throws FotaException {
        try {
            CachePruning.use(finished, clock.instant());
            Sha256 hash = digest(finished);
            Path file = files.resolve(hash.hex());
            Storage.move(finished, file);
            return new CachedImage(file, hash, Files.size(file));
        } catch (IOException e) {
            throw StorageFailure.writing(finished, e);
        }
    }

    /** Deletes what was not used for longest, until the rest is within the cache's size; see {@link CachePruning}. */
    void prune() {
        pruning.run(maxBytes, clock.instant());
    }

    /** The files of one object at a server, whatever presigned URL it is fetched by. */
    ObjectFiles object(DownloadUrl url) {
        String identity = url.identity();
        String key = Sha256.over(StandardCharsets.UTF_8.encode(identity)).hex();
        return new ObjectFiles(
                identity,
                objects.resolve(key + ".part"),
                objects.resolve(key + ".journal"),
                objects.resolve(key + ".lock"));
    }

    record ObjectFiles(String identity, Path part, Path journal, Path lock) {}

    /** Of a file that is larger than any image, or grows meanwhile: of its beginning, which no hash of a whole one fits. */
    private static Sha256 digest(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            long left = ImageInspector.MAX_FILE_BYTES;
            for (int count = in.read(buffer); count >= 0 && left >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                left -= count;
            }
        }
        return Sha256.ofDigest(digest.digest());
    }
}
