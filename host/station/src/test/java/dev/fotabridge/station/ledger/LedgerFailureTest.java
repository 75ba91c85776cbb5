package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LedgerFailureTest {
    /** Codes of sqlite.org/rescode.html, extended ones too. */
    @ParameterizedTest
    @CsvSource({
        "13, STORAGE_FULL, There is no space left to write the ledger /l.",
        "5, STORAGE_UNWRITABLE, The ledger /l is locked by another program",
        "261, STORAGE_UNWRITABLE, The ledger /l is locked by another program",
        "11, STORAGE_UNWRITABLE, The ledger /l is damaged.",
        "26, STORAGE_UNWRITABLE, The ledger /l is damaged.",
        "8, STORAGE_UNWRITABLE, ' may not write the ledger /l.'",
        "14, STORAGE_UNWRITABLE, ' may not write the ledger /l.'",
        "10, STORAGE_UNWRITABLE, The ledger /l cannot be used: odd.",
    })
    void theCauseIsNamed(int code, Reason reason, String said) {
        FotaException failure = LedgerFailure.of(
                "The ledger /l",
                new IllegalStateException("java.sql.SQLException: odd", new SQLException("odd", "", code)));
        assertEquals(reason, failure.reason());
        assertTrue(failure.getMessage().contains(said), failure.getMessage());
    }

    @Test
    void aCauseWithoutWordsIsNotSilent() {
        FotaException failure =
                LedgerFailure.of("The ledger /l", new IllegalStateException("odd", new SQLException("", "", 10)));
        assertEquals("The ledger /l cannot be used: odd.", failure.getMessage());
    }
}
