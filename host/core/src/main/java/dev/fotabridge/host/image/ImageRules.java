package dev.fotabridge.host.image;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.protocol.board.ImageVersion;
import java.util.Optional;

/** What one board or one user asks of an image beyond being intact. Pure; each check either returns or refuses. */
public final class ImageRules {
    private ImageRules() {}

    /**
     * Refuses an image that this board can never swap in.
     *
     * @param sizeLimitBytes what the stub reports as its limit: header, body and TLVs
     * @throws FotaException IMAGE_SIZE
     */
    public static void requireFits(ImageDescriptor image, long sizeLimitBytes) throws FotaException {
        if (image.payloadSize() > sizeLimitBytes) {
            throw new FotaException(
                    Reason.IMAGE_SIZE,
                    "The image has " + image.payloadSize() + " bytes, but this board takes at most " + sizeLimitBytes
                            + " (" + (image.payloadSize() - sizeLimitBytes) + " too many).");
        }
    }

    /**
     * Refuses an MCUboot image without the stub's marker.
     *
     * @throws FotaException NO_MARKER
     */
    public static void requireMarker(ImageDescriptor image) throws FotaException {
        if (image.kind() == ImageKind.MCUBOOT && !image.marker()) {
            throw new FotaException(
                    Reason.NO_MARKER,
                    "The image does not contain the stub (no marker DKLINK-STUB-V001), so it could not answer after the"
                            + " swap.");
        }
    }

    /**
     * Refuses an image older than what runs, as MCUboot compares: major, minor, revision; the build number does not
     * count, and an equal version passes.
     *
     * @param running version on the board; empty when the board does not say, and then nothing is refused
     * @throws FotaException DOWNGRADE
     */
    public static void requireNoDowngrade(ImageDescriptor image, Optional<ImageVersion> running) throws FotaException {
        if (image.version().isEmpty() || running.isEmpty()) {
            return;
        }
        ImageVersion offered = image.version().get();
        if (offered.compareNumber(running.get()) < 0) {
            throw new FotaException(
                    Reason.DOWNGRADE,
                    "The image is version " + offered + ", but the board runs " + running.get() + ", which is newer.");
        }
    }
}
