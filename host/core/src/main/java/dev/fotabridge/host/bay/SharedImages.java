package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.download.CachedImage;
import dev.fotabridge.host.value.Sha256;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps one copy of an image for all boards that get it, until the last of them has ended. Any thread may call. */
public final class SharedImages {
    private final Map<Sha256, WeakReference<PreparedImage>> known = new HashMap<>();

    /**
     * A file of the cache, read and checked; where another bay has the same bytes, only what the options ask of them is.
     *
     * @throws FotaException what the file lacks, or CONFIGURATION if the public key cannot be used
     */
    public PreparedImage prepared(CachedImage file, UpdateOptions options) throws FotaException {
        Optional<PreparedImage> held = options.publicKey().isPresent() ? Optional.empty() : held(file.fileSha256());
        if (held.isPresent()) {
            held.get().requireFor(options);
            return held.get();
        }
        return share(PreparedImage.of(file.path(), options));
    }

    /** Returns an image of the same bytes and checks: the one that another bay has, or else this one. */
    public synchronized PreparedImage share(PreparedImage image) {
        Optional<PreparedImage> other = held(image.descriptor().fileSha256())
                .filter(held -> held.descriptor().equals(image.descriptor()));
        if (other.isPresent()) {
            return other.get();
        }
        known.values().removeIf(held -> held.get() == null);
        known.put(image.descriptor().fileSha256(), new WeakReference<>(image));
        return image;
    }

    private synchronized Optional<PreparedImage> held(Sha256 file) {
        return Optional.ofNullable(known.get(file)).map(WeakReference::get);
    }
}
