package dev.fotabridge.host.bay;

import dev.fotabridge.host.value.Sha256;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/** Keeps one copy of an image for all boards that get it, until the last of them has ended. Any thread may call. */
public final class SharedImages {
    private final Map<Sha256, WeakReference<PreparedImage>> known = new HashMap<>();

    /** Returns an image of the same bytes: the one that another bay has, or else this one. */
    public synchronized PreparedImage share(PreparedImage image) {
        known.values().removeIf(held -> held.get() == null);
        Sha256 file = image.descriptor().fileSha256();
        WeakReference<PreparedImage> held = known.get(file);
        PreparedImage other = held == null ? null : held.get();
        if (other != null && other.descriptor().equals(image.descriptor())) {
            return other;
        }
        known.put(file, new WeakReference<>(image));
        return image;
    }
}
