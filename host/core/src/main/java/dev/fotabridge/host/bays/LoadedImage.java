package dev.fotabridge.host.bays;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.image.ImageInspector;
import dev.fotabridge.host.image.ImageKind;
import dev.fotabridge.host.value.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image in memory, as applications see it. Tested by BoardBayIT.
 *
 * @param file all bytes of the file
 * @param prepared its checked form
 */
public record LoadedImage(byte[] file, PreparedImage prepared) implements UpdateImage {
    /**
     * Checks a file's bytes.
     *
     * @throws FotaException if a check fails, with the check's reason, or CONFIGURATION if the public key cannot be used
     */
    public static LoadedImage of(byte[] file, Optional<Path> publicKey) throws FotaException {
        byte[] own = file.clone();
        return new LoadedImage(own, PreparedImage.of(own, publicKey));
    }

    /**
     * Reads a file and checks it, as an update with these options does.
     *
     * @throws FotaException as {@link #of(byte[], Optional)}, IMAGE_UNREADABLE, or NO_MARKER
     */
    public static LoadedImage of(Path file, UpdateOptions options) throws FotaException {
        byte[] bytes = ImageInspector.read(file);
        LoadedImage image = new LoadedImage(bytes, PreparedImage.of(bytes, options.publicKey()));
        image.prepared().requireFor(options);
        return image;
    }

    /** Returns an image that is checked already. What a signing tool put behind it in the file is not kept, and no board needs it. */
    public static LoadedImage of(PreparedImage prepared) {
        return new LoadedImage(prepared.payload(), prepared);
    }

    @Override
    public boolean isModemDelta() {
        return prepared.descriptor().kind() == ImageKind.MODEM_DELTA;
    }

    @Override
    public int fileSize() {
        return prepared.descriptor().fileSize();
    }

    @Override
    public String fileSha256() {
        return prepared.descriptor().fileSha256().hex();
    }

    @Override
    public Optional<String> imageHash() {
        return prepared.descriptor().imageHash().map(Sha256::hex);
    }

    @Override
    public Optional<String> version() {
        return Optional.of(prepared.version()).filter(version -> !version.isEmpty());
    }

    @Override
    public boolean hasStub() {
        return prepared.descriptor().marker();
    }

    @Override
    public Signature signature() {
        return switch (prepared.descriptor().signatureCheck()) {
            case NO_SIGNATURE -> Signature.NONE;
            case NOT_CHECKED -> Signature.NOT_CHECKED;
            case VALID -> Signature.VALID;
        };
    }

    @Override
    public List<String> warnings() {
        return prepared.descriptor().warnings();
    }
}
