package dev.fotabridge.station.release;

import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.TextFile;
import dev.fotabridge.host.api.UpdateImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Approved firmware, as it was loaded: its bytes are in memory, and what becomes of the folder afterwards does not change them. {@link
 * #fileSha256} is what is approved.
 *
 * @param directory the folder
 * @param name of the release
 * @param board type of the boards that it is for; empty if any
 * @param image the image, whose stub has been found and whose signature has been checked if the folder holds a public key
 */
public record Release(Path directory, String name, Optional<String> board, UpdateImage image) {
    /** Bytes. No nRF9160 takes a larger image; keeps a wrong file out of memory. */
    static final int MAX_IMAGE_BYTES = 16 << 20;

    private static final int MAX_NOTES_BYTES = 65_536;

    /**
     * Loads and verifies a release: names, hash of the file, what the image says, signature. Blocks for as long as the disk takes.
     *
     * @param directory the folder
     * @throws FotaException CONFIGURATION if the folder is no release; IMAGE_HASH if the image is not the approved one; IMAGE_SIGNATURE,
     *     NO_MARKER, or another reason for which the image can never run; IMAGE_UNREADABLE
     */
    public static Release load(Path directory) throws FotaException {
        ReleaseNotes notes = notes(directory);
        byte[] bytes = read(directory.resolve(ReleaseNotes.IMAGE), MAX_IMAGE_BYTES, Reason.IMAGE_UNREADABLE);
        Optional<Path> key = Optional.of(directory.resolve(ReleaseNotes.KEY)).filter(file -> notes.signed());
        UpdateImage image = FotaBridge.image(bytes, key);
        require(
                notes.fileSha256().equals(image.fileSha256()),
                directory,
                "its SHA-256 is " + image.fileSha256() + ", and " + notes.fileSha256() + " was approved");
        require(
                image.imageHash().filter(notes.imageHash()::equals).isPresent(),
                directory,
                "its image hash is another one");
        require(notes.version().equals(image.version().orElse("")), directory, "its version is another one");
        ReleaseFolderWriter.requireStub(image);
        return new Release(directory, notes.name(), notes.board(), image);
    }

    /** {@return SHA-256 of the approved file, 64 lower-case hex digits} */
    public String fileSha256() {
        return image.fileSha256();
    }

    private static ReleaseNotes notes(Path directory) throws FotaException {
        if (!Files.isDirectory(directory)) {
            throw new FotaException(
                    Reason.CONFIGURATION,
                    "The release " + directory + (Files.exists(directory) ? " is no folder." : " does not exist."));
        }
        Path file = directory.resolve(ReleaseNotes.FILE);
        return ReleaseNotes.parse(TextFile.read(file, "file", MAX_NOTES_BYTES, Reason.CONFIGURATION));
    }

    /** Reads a file whole, and no more than it may have. */
    static byte[] read(Path file, int limit, Reason reason) throws FotaException {
        byte[] bytes = FotaBridge.read(file, "file", limit, reason);
        if (bytes.length > limit) {
            throw new FotaException(reason, "The file " + file + " has more than " + limit + " bytes.");
        }
        return bytes;
    }

    private static void require(boolean holds, Path directory, String how) throws FotaException {
        if (!holds) {
            throw new FotaException(
                    Reason.IMAGE_HASH, "The image in " + directory + " is not the approved one: " + how + ".");
        }
    }
}
