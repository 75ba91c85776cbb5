package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Says of a file why it cannot be read, and who else can. Tested by DoctorIT. */
final class FileAccess {
    private final Path file;
    private final String what;

    /** @param what for sentences, e.g. {@code private key} */
    FileAccess(Path file, String what) {
        this.file = file;
        this.what = what;
    }

    void requireReadable() throws FotaException {
        if (Files.isDirectory(file)) {
            throw refusal(" is a directory.");
        }
        if (!Files.exists(file)) {
            throw refusal(" does not exist.");
        }
        if (!Files.isReadable(file)) {
            throw refusal(" cannot be read by user " + System.getProperty("user.name") + mode() + ".");
        }
    }

    private FotaException refusal(String seen) {
        return new FotaException(Reason.CREDENTIALS, "The " + what + " " + file + seen);
    }

    private String mode() {
        return attributes()
                .map(a -> ": it belongs to " + a.owner().getName() + ", mode "
                        + PosixFilePermissions.toString(a.permissions()))
                .orElse("");
    }

    /** Whether the file's group or everybody can read it, as far as this system has such permissions. */
    boolean othersCanRead() {
        Set<PosixFilePermission> mode =
                attributes().map(PosixFileAttributes::permissions).orElse(Set.of());
        return mode.contains(PosixFilePermission.GROUP_READ) || mode.contains(PosixFilePermission.OTHERS_READ);
    }

    private Optional<PosixFileAttributes> attributes() {
        try {
            return Optional.of(Files.readAttributes(file, PosixFileAttributes.class));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
