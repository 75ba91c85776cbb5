package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what the database has refused. */
final class LedgerFailure {
    /** The low byte of SQLite's extended codes (sqlite.org/rescode.html). */
    private static final int PRIMARY = 0xFF;

    private LedgerFailure() {}

    /**
     * Returns the failure as the program tells it.
     *
     * @param place the file, as the user knows it, to begin a sentence
     */
    static FotaException of(String place, Throwable cause) {
        SQLiteErrorCode code = code(cause);
        return switch (code) {
            case SQLITE_FULL ->
                new FotaException(Reason.STORAGE_FULL, "There is no space left to write " + within(place) + ".", cause);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                unwritable(place + " is locked by another program, such as a database browser: close it.", cause);
            case SQLITE_CORRUPT, SQLITE_NOTADB -> unwritable(place + " is damaged.", cause);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
                unwritable("User " + System.getProperty("user.name") + " may not write " + within(place) + ".", cause);
            default -> unwritable(place + " cannot be used: " + words(cause) + ".", cause);
        };
    }

    /** The same for the middle of a sentence. */
    static String within(String place) {
        return place.startsWith("The ") ? "the " + place.substring("The ".length()) : place;
    }

    static boolean isDamage(Throwable cause) {
        SQLiteErrorCode code = code(cause);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    private static FotaException unwritable(String message, Throwable cause) {
        return new FotaException(Reason.STORAGE_UNWRITABLE, message, cause);
    }

    /** Of the first cause that has some: what wraps it begins with the name of a class. */
    private static String words(Throwable cause) {
        String words = code(cause).toString();
        for (Throwable at = cause; at != null; at = at.getCause()) {
            words = at.getMessage() == null || at.getMessage().isBlank() ? words : at.getMessage();
        }
        return words.strip();
    }

    private static SQLiteErrorCode code(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getErrorCode() != 0) {
                return SQLiteErrorCode.getErrorCode(sql.getErrorCode() & PRIMARY);
            }
        }
        return SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
