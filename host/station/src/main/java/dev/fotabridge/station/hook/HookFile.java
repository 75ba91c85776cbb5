package dev.fotabridge.station.hook;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** The file of a hook. It runs as the station: who could change it could do whatever the station may. Blocks for as long as the disk takes. */
public final class HookFile {
    // Bits of st_mode, POSIX sys/stat.h.
    private static final int GROUP_OR_OTHERS_WRITE = 0022;
    private static final int STICKY = 01000;

    private HookFile() {}

    /**
     * Requires that a program can be started, and that nobody but root and the station's user can change it.
     *
     * @param program its path; links in it are followed
     * @return the file that is to be started, without links, so that no other file than the checked one is
     * @throws FotaException CONFIGURATION with a sentence
     */
    public static Path checked(Path program) throws FotaException {
        if (!Files.exists(program)) {
            throw refused(program, "does not exist");
        }
        try {
            Path file = program.toRealPath();
            if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
                throw refused(program, "is no program that this user may start");
            }
            requireSafe(file);
            return file;
        } catch (IOException e) {
            throw refused(program, "cannot be looked at: " + e.getMessage());
        }
    }

    private static void requireSafe(Path file) throws FotaException, IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            // A system without owners and permissions.
            return;
        }
        if (!isOurs(file)) {
            throw refused(
                    file,
                    "belongs to user " + Files.getOwner(file).getName()
                            + ", who could change it; it must be root's or the station's");
        } else if ((mode(file) & GROUP_OR_OTHERS_WRITE) != 0) {
            throw refused(file, "can be written by others than its owner");
        }
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (!isOurs(folder) || isOpen(mode(folder))) {
                throw refused(
                        file,
                        "lies below " + folder
                                + ", where others than root and the station's user may put another file in its place");
            }
        }
    }

    /** In a sticky folder, such as /tmp, only the owners of folder and file can put another one in its place. */
    private static boolean isOpen(int mode) {
        return (mode & GROUP_OR_OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
    }

    private static boolean isOurs(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid") == 0
                || Files.getOwner(file).equals(station());
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode");
    }

    /** The user may have no name, as in a container: then the process itself tells its owner. */
    private static UserPrincipal station() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? Files.getOwner(self)
                : self.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
    }

    private static FotaException refused(Path program, String how) {
        return new FotaException(Reason.CONFIGURATION, "The hook " + program + " " + how + ".");
    }
}
