package dev.fotabridge.host.link.serial;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system's error number at an open means. The numbers are Linux's and macOS's errno, and Windows' for COM ports. */
final class OpenError {
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EIO = 5;
    private static final int ENXIO = 6;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;
    private static final int ENODEV = 19;
    private static final int EISDIR = 21;
    private static final int EINVAL = 22;
    private static final int ENOTTY = 25;
    private static final int EAGAIN_MACOS = 35;
    private static final int WINDOWS_ACCESS_DENIED = 5;
    private static final int WINDOWS_SHARING_VIOLATION = 32;

    private OpenError() {}

    static FotaException of(String path, Path target, int error) {
        boolean windows = path.contains("COM") && !path.startsWith("/");
        if (windows && (error == WINDOWS_ACCESS_DENIED || error == WINDOWS_SHARING_VIOLATION)) {
            return busy(path, target);
        }
        // What jSerialComm says when this very process has the port open.
        if (error == ENOENT && Files.exists(target)) {
            return busy(path, target);
        }
        return switch (error) {
            case EBUSY, EAGAIN, EAGAIN_MACOS -> busy(path, target);
            case EACCES, EPERM -> forbidden(path);
            case ENXIO -> Files.exists(target) ? notSerial(path) : missing(path);
            case ENOENT, ENODEV, EIO -> missing(path);
            case ENOTTY, EISDIR -> notSerial(path);
            case EINVAL ->
                new FotaException(
                        Reason.PORT_MISSING, path + " is not a serial port, or not one that takes the starting rate.");
            default ->
                new FotaException(Reason.PORT_MISSING, "The port " + path + " cannot be opened (error " + error + ").");
        };
    }

    static FotaException busy(String path, Path target) {
        String who = PortHolders.of(target).map(h -> " by " + h).orElse("");
        return new FotaException(Reason.PORT_BUSY, "The port " + path + " is in use" + who + ".");
    }

    static FotaException forbidden(String path) {
        return new FotaException(
                Reason.PORT_FORBIDDEN,
                "User " + System.getProperty("user.name") + " may not open the port " + path + ".");
    }

    static FotaException missing(String path) {
        return new FotaException(Reason.PORT_MISSING, "There is no port " + path + ".");
    }

    private static FotaException notSerial(String path) {
        return new FotaException(Reason.PORT_MISSING, path + " is not a serial port.");
    }

    /** Which places {@link NativeLibrary} tries; the cause says what was wrong with each. */
    static FotaException noLibrary(LinkageError cause) {
        return new FotaException(
                Reason.CONFIGURATION,
                "The serial port library cannot load its native part (" + cause.getMessage() + "). It is unpacked for a"
                        + " moment into the directory for temporary files, $XDG_RUNTIME_DIR, $XDG_CACHE_HOME, ~/.cache or ~:"
                        + " one of them must be writable, allow programs to be run, and be closed to other users; or name a"
                        + " directory that has the library by the Java property jSerialComm.library.path.",
                cause);
    }
}
