package dev.fotabridge.station.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, which its jar unpacks into a file of 1.5 MB and removes at the end of the process. A station's process is ended
 * by a signal, so the file would stay, one more for each start: it is removed as soon as the library is loaded.
 * Tested by ./check demo-station.
 */
final class SqliteLibrary {
    private static final String DIRECTORY = "org.sqlite.tmpdir";

    private static final AtomicBoolean TRIED = new AtomicBoolean();

    private SqliteLibrary() {}

    /** Loads it, unless it is loaded already. If that fails, the first connection says why. */
    static synchronized void load() {
        if (TRIED.compareAndSet(false, true)) {
            unpack();
        }
    }

    private static void unpack() {
        try {
            Path directory = Files.createTempDirectory("fota-bridge-sqlite");
            String before = System.getProperty(DIRECTORY);
            System.setProperty(DIRECTORY, before == null ? directory.toString() : before);
            try {
                SQLiteJDBCLoader.initialize();
            } finally {
                restore(before);
                delete(directory);
            }
        } catch (Exception e) {
            // The loader throws Exception itself.
            return;
        }
    }

    private static void restore(String before) {
        if (before == null) {
            System.clearProperty(DIRECTORY);
        } else {
            System.setProperty(DIRECTORY, before);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(directory);
    }
}
