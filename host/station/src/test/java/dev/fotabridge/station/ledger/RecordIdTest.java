package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RecordIdTest {
    @Test
    void itIsAUuidOfVersionSeven() {
        Random random = new Random(1);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String id = RecordId.of(1_764_500_000_000L, random);
            UUID uuid = UUID.fromString(id);
            assertEquals(7, uuid.version());
            assertEquals(2, uuid.variant());
            assertEquals(id, uuid.toString());
            ids.add(id);
        }
        assertEquals(1_000, ids.size());
    }

    /** The example of RFC 9562, A.6: 0x017F22E279B0 are its milliseconds. */
    @Test
    void itBeginsWithTheTime() {
        assertTrue(RecordId.of(0x017F22E279B0L, new Random(1)).startsWith("017f22e2-79b0-7"));
    }
}
