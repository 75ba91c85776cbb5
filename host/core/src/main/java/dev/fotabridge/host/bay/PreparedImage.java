package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.host.image.ImageInspector;
import dev.fotabridge.host.image.ImageKind;
import dev.fotabridge.host.image.ImageRules;
import dev.fotabridge.host.image.PublicKeyFile;
import dev.fotabridge.host.update.BoardCheck;
import dev.fotabridge.host.update.ImageBoardCheck;
import dev.fotabridge.host.update.ModemBoardCheck;
import dev.fotabridge.host.update.UpdatePlan;
import dev.fotabridge.host.update.UpdateTarget;
import dev.fotabridge.host.value.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file that has passed every check that needs no board.
 *
 * @param payload the bytes that go to the board
 * @param payloadSha256 over them
 */
public record PreparedImage(ImageDescriptor descriptor, byte[] payload, Sha256 payloadSha256) {
    /**
     * Reads and checks a file.
     *
     * @throws FotaException if a check fails, with the check's reason, or CONFIGURATION if the public key cannot be
     *     used
     */
    public static PreparedImage of(Path file, UpdateOptions options) throws FotaException {
        PreparedImage image = of(ImageInspector.read(file), options.publicKey());
        image.requireFor(options);
        return image;
    }

    /**
     * Checks a file's bytes, which nobody changes afterwards.
     *
     * @throws FotaException if a check fails, with the check's reason, or CONFIGURATION if the public key cannot be
     *     used
     */
    public static PreparedImage of(byte[] bytes, Optional<Path> publicKey) throws FotaException {
        ImageDescriptor descriptor = inspector(publicKey).inspect(ByteBuffer.wrap(bytes));
        if (descriptor.payloadSize() == bytes.length) {
            return new PreparedImage(descriptor, bytes, descriptor.fileSha256());
        }
        byte[] payload = Arrays.copyOf(bytes, descriptor.payloadSize());
        return new PreparedImage(descriptor, payload, Sha256.over(ByteBuffer.wrap(payload)));
    }

    /** @throws FotaException NO_MARKER if the options ask more of the image than it can do */
    public void requireFor(UpdateOptions options) throws FotaException {
        if (options.completeOn() != CompleteOn.WRITTEN) {
            ImageRules.requireMarker(descriptor);
        }
    }

    /** @throws FotaException CONFIGURATION when the key cannot be used */
    public static ImageInspector inspector(Optional<Path> publicKey) throws FotaException {
        return new ImageInspector(
                publicKey.isPresent() ? Optional.of(PublicKeyFile.read(publicKey.get())) : Optional.empty());
    }

    /**
     * Returns the hash that names it in plan, journal and cache: its hash TLV, or the file's hash for a modem delta.
     */
    public Sha256 imageHash() {
        return descriptor.imageHash().orElse(payloadSha256);
    }

    /** Returns {@link #imageHash}, or empty where a board could never report it. */
    public String reportedHash() {
        return descriptor.imageHash().map(Sha256::hex).orElse("");
    }

    /** Returns what it replaces. */
    public UpdateTarget target() {
        return descriptor.kind() == ImageKind.MODEM_DELTA ? UpdateTarget.MODEM : UpdateTarget.APPLICATION;
    }

    /**
     * Returns what it requires of a board.
     *
     * @param boardTypes all of them must be the board's
     * @param modemUuids all of them must be that of the modem's firmware
     */
    public BoardCheck check(List<String> boardTypes, List<String> modemUuids, boolean noDowngrade) {
        return target() == UpdateTarget.MODEM
                ? new ModemBoardCheck(descriptor, boardTypes, modemUuids)
                : new ImageBoardCheck(descriptor, boardTypes, noDowngrade);
    }

    /**
     * Returns the plan of an update by this image.
     *
     * @param execution names the job execution or the file
     * @param check what is required of the board
     * @param firstContactNanos how long the board may take for its first answer
     */
    public UpdatePlan plan(String execution, UpdateOptions options, BoardCheck check, long firstContactNanos) {
        return new UpdatePlan(
                execution,
                imageHash(),
                payloadSha256,
                version(),
                options.completeOn(),
                firstContactNanos,
                options.linkTimeout().toNanos(),
                check,
                target());
    }

    /** Returns the version as text; empty if the file has none. */
    public String version() {
        return descriptor.version().map(Object::toString).orElse("");
    }
}
