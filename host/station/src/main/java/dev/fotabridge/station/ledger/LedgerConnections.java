package dev.fotabridge.station.ledger;

import java.nio.file.Path;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** How a ledger is opened. Tested by LedgerFileIT. */
final class LedgerConnections {
    /** How long another program may hold the database, such as one that copies it. */
    private static final Duration BUSY = Duration.ofSeconds(2);

    private LedgerConnections() {}

    /** WAL, so that readers never wait for the writer; FULL, so that what is committed survives a loss of power. */
    static SQLiteDataSource writer(Path file) {
        SQLiteConfig config = common();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        return source(config, file);
    }

    /** For a single row beside a station: it makes no ledger where there is none. */
    static SQLiteDataSource guest(Path file) {
        SQLiteConfig config = common();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return source(config, file);
    }

    /** Of a file that nobody changes: no lock, and no file beside it (sqlite.org/uri.html, immutable). */
    static SQLiteDataSource readerAtRest(Path file) {
        SQLiteConfig config = common();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath().toUri() + "?immutable=1");
        return source;
    }

    /** A reader may not write even by mistake. */
    static SQLiteDataSource reader(Path file) {
        SQLiteConfig config = common();
        config.setReadOnly(true);
        return source(config, file);
    }

    private static SQLiteConfig common() {
        SqliteLibrary.load();
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY.toMillis());
        return config;
    }

    private static SQLiteDataSource source(SQLiteConfig config, Path file) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }
}
