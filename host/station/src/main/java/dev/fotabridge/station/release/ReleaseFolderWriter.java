package dev.fotabridge.station.release;

import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the folder of a release. It is whole under its name or not there. Tested by ReleaseTest. */
public final class ReleaseFolderWriter {
    private static final int MAX_KEY_BYTES = 65_536;

    private ReleaseFolderWriter() {}

    /**
     * What is approved.
     *
     * @param image file of the image
     * @param name of the release
     * @param publicKey PEM file of the key that must have signed it; a copy goes into the folder
     * @param board type of the boards that it is for
     */
    public record Approval(Path image, String name, Optional<Path> publicKey, Optional<String> board) {}

    /**
     * Makes a release. Blocks for as long as the disk takes.
     *
     * @param directory the folder; must not be there, or be empty
     * @return the release, read back from the folder
     * @throws FotaException CONFIGURATION for a name, a type, a key or a folder that cannot be; IMAGE_FORMAT for a modem delta; NO_MARKER
     *     for an image without the stub; another reason for which the image can never run; STORAGE_UNWRITABLE
     */
    public static Release create(Approval approval, Path directory) throws FotaException {
        requireText(
                "--name",
                approval.name(),
                ReleaseNotes.NAME.matcher(approval.name()).matches(),
                ReleaseNotes.NAME_WORDS);
        String board = approval.board().orElse("any");
        requireText("--board", board, ReleaseNotes.BOARD.matcher(board).matches(), "a board's type");
        requireFree(directory);
        byte[] bytes = Release.read(approval.image(), Release.MAX_IMAGE_BYTES, Reason.IMAGE_UNREADABLE);
        UpdateImage image = FotaBridge.image(bytes, approval.publicKey());
        requireStub(image);
        ReleaseNotes notes = new ReleaseNotes(
                approval.name(),
                image.fileSha256(),
                image.fileSize(),
                image.imageHash().orElseThrow(),
                image.version().orElseThrow(),
                approval.board(),
                approval.publicKey().isPresent());
        write(directory, bytes, notes, approval.publicKey());
        return Release.load(directory);
    }

    /** A station updates applications, and completes on what the new one says. */
    static void requireStub(UpdateImage image) throws FotaException {
        if (image.isModemDelta()) {
            throw new FotaException(
                    Reason.IMAGE_FORMAT,
                    "The file is a modem delta; a release holds an MCUboot image. 'flash' and 'agent' take modem deltas.");
        }
        if (!image.hasStub()) {
            throw new FotaException(
                    Reason.NO_MARKER,
                    "The image does not contain the stub, so no board could say that it runs it: nothing could ever be PASS.");
        }
    }

    private static void requireText(String option, String text, boolean fits, String words) throws FotaException {
        if (!fits) {
            throw new FotaException(
                    Reason.CONFIGURATION,
                    option + " is '" + text.replaceAll("\\p{C}", "?") + "': it must be " + words + ".");
        }
    }

    private static void requireFree(Path directory) throws FotaException {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new FotaException(Reason.CONFIGURATION, directory + " is there, and is no folder.");
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw new FotaException(
                        Reason.CONFIGURATION,
                        "The folder " + directory
                                + " is not empty: a release is never changed; choose another folder.");
            }
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static void write(Path directory, byte[] image, ReleaseNotes notes, Optional<Path> key)
            throws FotaException {
        Path target = directory.toAbsolutePath().normalize();
        Path beside = target.resolveSibling(target.getFileName() + ".new");
        byte[] pem = key.isPresent() ? Release.read(key.get(), MAX_KEY_BYTES, Reason.CONFIGURATION) : new byte[0];
        try {
            remove(beside);
            Files.createDirectories(beside);
            fill(beside.resolve(ReleaseNotes.IMAGE), image);
            if (key.isPresent()) {
                fill(beside.resolve(ReleaseNotes.KEY), pem);
            }
            fill(beside.resolve(ReleaseNotes.FILE), notes.text());
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static void fill(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** What an earlier call left that was killed. */
    private static void remove(Path beside) throws IOException {
        for (String name : List.of(ReleaseNotes.IMAGE, ReleaseNotes.KEY, ReleaseNotes.FILE)) {
            Files.deleteIfExists(beside.resolve(name));
        }
        Files.deleteIfExists(beside);
    }

    private static FotaException unwritable(Path directory, IOException cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new FotaException(
                Reason.STORAGE_UNWRITABLE, "The folder " + directory + " cannot be written: " + why + ".", cause);
    }
}
