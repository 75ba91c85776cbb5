package dev.fotabridge.station.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EngineerSessionsTest {
    private static final String TOKEN = "0123456789abcdef";

    private final AtomicLong now = new AtomicLong(-5);
    private final EngineerSessions sessions = new EngineerSessions(TOKEN, now::get);

    @Test
    void theTokenBeginsASessionOfItsOwn() {
        String one = sessions.logIn(TOKEN).orElseThrow();
        String two = sessions.logIn(TOKEN).orElseThrow();
        assertNotEquals(one, two);
        assertTrue(sessions.isEngineer(one));
        sessions.logOut(one);
        assertFalse(sessions.isEngineer(one));
        assertTrue(sessions.isEngineer(two));
        assertFalse(sessions.isEngineer(""));
    }

    @Test
    void aSessionEndsAfterTwelveHours() {
        String id = sessions.logIn(TOKEN).orElseThrow();
        now.addAndGet(TimeUnit.HOURS.toNanos(12) - 1);
        assertTrue(sessions.isEngineer(id));
        now.incrementAndGet();
        assertFalse(sessions.isEngineer(id));
    }

    @Test
    void wrongTokensAreBoundedByTheMinute() {
        for (int i = 0; i < EngineerSessions.WRONG_A_MINUTE; i++) {
            assertFalse(sessions.isThrottled());
            assertEquals(Optional.empty(), sessions.logIn("0123456789abcdeg"));
        }
        assertTrue(sessions.isThrottled());
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertFalse(sessions.isThrottled());
    }

    @Test
    void withoutATokenNobodyLogsIn() {
        EngineerSessions none = new EngineerSessions("", now::get);
        assertFalse(none.isOffered());
        assertEquals(Optional.empty(), none.logIn(""));
    }

    @Test
    void theOldestOfManySessionsEnds() {
        String first = sessions.logIn(TOKEN).orElseThrow();
        for (int i = 0; i < 63; i++) {
            sessions.logIn(TOKEN);
        }
        assertTrue(sessions.isEngineer(first));
        sessions.logIn(TOKEN);
        assertFalse(sessions.isEngineer(first));
    }
}
