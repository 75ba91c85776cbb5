package dev.fotabridge.host.image;

import dev.fotabridge.host.outcome.FotaException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says what an image file is and refuses one that can never run: MCUboot's own checks, before anything is sent. Needs no
 * board; what depends on the board is in {@link ImageRules}. Stateless and thread-safe.
 */
public final class ImageInspector {
    /** No nRF9160 has room for more; keeps a wrong or hostile file out of memory. */
    public static final int MAX_FILE_BYTES = 16 << 20;

    private final Optional<PublicKeyFile> publicKey;

    /** Checks signatures when a key is given. */
    public ImageInspector(Optional<PublicKeyFile> publicKey) {
        this.publicKey = publicKey;
    }

    /**
     * Reads and inspects a file; blocks for as long as the disk takes.
     *
     * @throws FotaException IMAGE_FORMAT, IMAGE_TRUNCATED, IMAGE_HASH, IMAGE_SIZE, IMAGE_SIGNATURE, or CONFIGURATION when
     *     the file cannot be read
     */
    public ImageDescriptor inspect(Path file) throws FotaException {
        throw new UnsupportedOperationException();
    }

    /**
     * Inspects the remaining bytes of the buffer, without moving its position.
     *
     * @throws FotaException IMAGE_FORMAT, IMAGE_TRUNCATED, IMAGE_HASH, IMAGE_SIZE or IMAGE_SIGNATURE
     */
    public ImageDescriptor inspect(ByteBuffer file) throws FotaException {
        throw new UnsupportedOperationException(publicKey.toString());
    }
}
