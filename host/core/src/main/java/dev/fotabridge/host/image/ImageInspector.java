package dev.fotabridge.host.image;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.store.NamedFile;
import dev.fotabridge.host.value.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Says what an image file is and refuses one that can never run: MCUboot's own checks, before anything is sent. Needs no
 * board; what depends on the board is in {@link ImageRules}. Stateless and thread-safe.
 */
public final class ImageInspector {
    /** No nRF9160 has room for more; keeps a wrong or hostile file out of memory. */
    public static final int MAX_FILE_BYTES = 16 << 20;

    private static final int MODEM_DELTA_MAGIC = 0x7544656D;
    private static final int MODEM_DELTA_MAGIC_OFFSET = 4;
    /** NCS identifies a file by its first 32 bytes and takes no shorter one. */
    private static final int SHORTEST_FILE = 32;

    private final Optional<PublicKeyFile> publicKey;

    /** Checks signatures when a key is given. */
    public ImageInspector(Optional<PublicKeyFile> publicKey) {
        this.publicKey = publicKey;
    }

    /**
     * Reads and inspects a file; blocks for as long as the disk takes.
     *
     * @throws FotaException IMAGE_FORMAT, IMAGE_TRUNCATED, IMAGE_HASH, IMAGE_SIZE, IMAGE_SIGNATURE, or IMAGE_UNREADABLE when
     *     the file cannot be read
     */
    public ImageDescriptor inspect(Path file) throws FotaException {
        return inspect(ByteBuffer.wrap(read(file)));
    }

    /**
     * Reads a file of at most {@link #MAX_FILE_BYTES}; blocks for as long as the disk takes.
     *
     * @throws FotaException IMAGE_SIZE, or IMAGE_UNREADABLE
     */
    public static byte[] read(Path file) throws FotaException {
        byte[] bytes = NamedFile.read(file, "image", MAX_FILE_BYTES, Reason.IMAGE_UNREADABLE);
        requireBounded(bytes.length);
        return bytes;
    }

    /**
     * Inspects the remaining bytes of the buffer, without moving its position.
     *
     * @throws FotaException IMAGE_FORMAT, IMAGE_TRUNCATED, IMAGE_HASH, IMAGE_SIZE or IMAGE_SIGNATURE
     */
    public ImageDescriptor inspect(ByteBuffer file) throws FotaException {
        ByteBuffer bytes = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        requireBounded(bytes.limit());
        if (bytes.limit() == 0) {
            throw new FotaException(Reason.IMAGE_TRUNCATED, "The file is empty.");
        }
        boolean image = hasMagic(bytes, 0, McubootImage.MAGIC);
        boolean delta = hasMagic(bytes, MODEM_DELTA_MAGIC_OFFSET, MODEM_DELTA_MAGIC);
        if (!image && !delta) {
            throw Refusal.format("The file is no MCUboot image and no modem delta" + ForeignFormat.guess(bytes) + ".");
        }
        if (bytes.limit() < SHORTEST_FILE) {
            throw Refusal.truncated(bytes.limit(), SHORTEST_FILE);
        }
        return image ? McubootInspection.inspect(bytes, publicKey) : describeDelta(bytes);
    }

    private static boolean hasMagic(ByteBuffer bytes, int at, int magic) {
        return bytes.limit() >= at + Integer.BYTES && bytes.getInt(at) == magic;
    }

    private static void requireBounded(int size) throws FotaException {
        if (size > MAX_FILE_BYTES) {
            throw new FotaException(
                    Reason.IMAGE_SIZE, "The file has more than " + MAX_FILE_BYTES + " bytes, which no board can hold.");
        }
    }

    /** A delta is encrypted and signed by Nordic; only the modem itself can check it. */
    private static ImageDescriptor describeDelta(ByteBuffer bytes) {
        return new ImageDescriptor(
                ImageKind.MODEM_DELTA,
                bytes.limit(),
                Sha256.over(bytes),
                bytes.limit(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                SignatureType.NONE,
                SignatureCheck.NO_SIGNATURE,
                Optional.empty(),
                false,
                List.of());
    }
}
