package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.download.CachedImage;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.image.ImageInspector;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.update.UpdateTarget;
import dev.fotabridge.host.value.Sha256;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.upload.Packing;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the image that a board runs in the cache, so that fewer bytes are sent. It only saves time, so nothing here
 * fails: without a cache, or if the disk cannot be read, every page is sent as for an unknown image.
 */
public final class KnownImages {
    private static final Logger LOG = LoggerFactory.getLogger(KnownImages.class);
    private static final byte[] NOTHING = new byte[0];

    private final Optional<ImageCache> cache;

    /** Uses the images of this cache. */
    public KnownImages(ImageCache cache) {
        this.cache = Optional.of(cache);
    }

    /** Knows none. */
    public KnownImages() {
        this.cache = Optional.empty();
    }

    /** Opens the cache of the state directory; knows no image if it cannot be opened. */
    public static KnownImages open(StateDirectory state) {
        try {
            return new KnownImages(new ImageCache(state.cache(), Clock.systemUTC()));
        } catch (FotaException e) {
            LOG.debug("No images are kept: {}", e.getMessage());
            return new KnownImages();
        }
    }

    /** Keeps a file for the update that will replace it. */
    public void keep(PreparedImage image) {
        if (cache.isEmpty() || image.target() == UpdateTarget.MODEM) {
            return;
        }
        try {
            cache.get().keep(image.payload(), image.payloadSha256(), image.imageHash());
        } catch (FotaException e) {
            LOG.debug("The image is not kept: {}", e.getMessage());
        }
    }

    /** Returns the packing for an upload to this board over a line of this rate, bits a second. */
    public Packing packing(BoardInfo board, int baud) {
        return Packing.at(baud, running(board.running().imageHash()));
    }

    private byte[] running(String imageHash) {
        try {
            Optional<CachedImage> found =
                    cache.isEmpty() ? Optional.empty() : cache.get().byImage(Sha256.parse(imageHash));
            return found.isEmpty() ? NOTHING : ImageInspector.read(found.get().path());
        } catch (FotaException | IllegalArgumentException e) {
            LOG.debug("The running image cannot be read from the cache: {}", e.getMessage());
            return NOTHING;
        }
    }
}
