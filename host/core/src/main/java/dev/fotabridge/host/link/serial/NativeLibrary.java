package dev.fotabridge.host.link.serial;

import dev.fotabridge.host.store.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads jSerialComm's native part from a directory that no other user can write and that is gone afterwards. Left alone,
 * jSerialComm loads what lies in two well-known places, makes one of them writable for everybody, and leaves its copies
 * behind. Both places are properties that it reads once, when its class is initialised: they name our directory for just that
 * moment. See docs/adr/0013-native-library.md.
 */
final class NativeLibrary {
    /** jSerialComm's own option. A directory that the operator names by it is used as it is, if others cannot write there. */
    private static final String CHOSEN = "jSerialComm.library.path";

    private static final List<String> PLACES = List.of("java.io.tmpdir", "user.home");

    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private NativeLibrary() {}

    /**
     * Must be called before anything of jSerialComm is. Loads the library once; any thread.
     *
     * @throws LinkageError when no place is private and allows programs to be run
     */
    static synchronized void require() {
        if (!LOADED.get()) {
            load(places(System.getenv()));
            LOADED.set(true);
        }
    }

    private static void load(List<Path> places) {
        List<String> refusals = new ArrayList<>();
        for (Path place : places) {
            try (PrivateDirectory directory = PrivateDirectory.in(place)) {
                load(directory);
                return;
            } catch (IOException e) {
                refusals.add("in " + place + ": " + StorageFailure.why(place, e));
            }
        }
        throw new UnsatisfiedLinkError(String.join("; ", refusals));
    }

    private static void load(PrivateDirectory directory) throws IOException {
        String chosen = System.getProperty(CHOSEN, "");
        if (!chosen.isEmpty()) {
            directory.requireSafe(Path.of(chosen));
        }
        Map<String, String> before = new HashMap<>();
        PLACES.forEach(name ->
                before.put(name, System.setProperty(name, directory.path().toString())));
        try {
            if (chosen.isEmpty()) {
                before.put(CHOSEN, System.setProperty(CHOSEN, directory.path().toString()));
                LibraryCopy.unpack(directory.path());
            }
            Class.forName("com.fazecast.jSerialComm.SerialPort");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the program is not whole", e);
        } finally {
            before.forEach(NativeLibrary::restore);
        }
    }

    private static void restore(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    /** In the order of trying. A directory for temporary files or a cache may be full, or allow no programs to be run. */
    private static List<Path> places(Map<String, String> environment) {
        List<Path> places = new ArrayList<>();
        places.add(Path.of(System.getProperty("java.io.tmpdir")));
        add(places, environment.get("XDG_RUNTIME_DIR"), "");
        add(places, environment.get("XDG_CACHE_HOME"), "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        add(places, home, ".cache");
        add(places, home, "");
        return places;
    }

    private static void add(List<Path> places, String base, String below) {
        if (base != null && base.startsWith("/")) {
            Path place = Path.of(base).resolve(below);
            if (Files.isDirectory(place)) {
                places.add(place);
            }
        }
    }
}
