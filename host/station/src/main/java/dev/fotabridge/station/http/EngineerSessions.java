package dev.fotabridge.station.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Who has logged in as an engineer. A session has a random id, which the browser keeps in a cookie; it ends after 12 hours, and with
 * the station. Any thread may call.
 */
final class EngineerSessions {
    /** A shift and its overtime. */
    static final long LIFE_SECONDS = TimeUnit.HOURS.toSeconds(12);
    /** Wrong tokens a minute before no token is looked at: too few to guess one, enough for typing errors. */
    static final int WRONG_A_MINUTE = 10;

    private static final int ID_BYTES = 32;
    private static final int MOST_SESSIONS = 64;

    private final String token;
    private final LongSupplier nanos;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Long> begun = new LinkedHashMap<>();
    private final Deque<Long> wrong = new ArrayDeque<>();

    /**
     * Makes one without sessions.
     *
     * @param token the configured token; empty if there are no engineers
     * @param nanos monotonic time
     */
    EngineerSessions(String token, LongSupplier nanos) {
        this.token = token;
        this.nanos = nanos;
    }

    /** {@return whether one can log in at all} */
    boolean isOffered() {
        return !token.isEmpty();
    }

    /** {@return whether too many wrong tokens came within the last minute} */
    synchronized boolean isThrottled() {
        while (!wrong.isEmpty() && nanos.getAsLong() - wrong.peek() >= TimeUnit.MINUTES.toNanos(1)) {
            wrong.remove();
        }
        return wrong.size() >= WRONG_A_MINUTE;
    }

    /** Begins a session; returns its id, or empty if the token is wrong. Not to be called while {@link #isThrottled}. */
    synchronized Optional<String> logIn(String offered) {
        if (!isOffered() || !MessageDigest.isEqual(bytes(offered), bytes(token))) {
            wrong.add(nanos.getAsLong());
            return Optional.empty();
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        if (begun.size() == MOST_SESSIONS) {
            begun.remove(begun.keySet().iterator().next());
        }
        String text = HexFormat.of().formatHex(id);
        begun.put(text, nanos.getAsLong());
        return Optional.of(text);
    }

    /** Ends a session; nothing happens if there is none of this id. */
    synchronized void logOut(String id) {
        begun.remove(id);
    }

    /** {@return whether this is the id of a session that goes on} */
    synchronized boolean isEngineer(String id) {
        begun.values().removeIf(began -> nanos.getAsLong() - began >= TimeUnit.SECONDS.toNanos(LIFE_SECONDS));
        return begun.containsKey(id);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
