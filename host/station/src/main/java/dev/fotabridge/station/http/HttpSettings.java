package dev.fotabridge.station.http;

import dev.fotabridge.station.config.ListenAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How the server listens, and whom it answers.
 *
 * @param listen a loopback address; others reach the station through a TLS proxy on this computer
 * @param names names besides the loopback ones by which a proxy's clients call the station, as in the Host header
 * @param token what an engineer logs in with, 16 to 256 characters; empty if engineers' actions are off
 * @param texts a file with texts in place of the English ones; empty for none
 */
public record HttpSettings(ListenAddress listen, Set<String> names, String token, Optional<Path> texts) {
    private static final int SHORTEST_TOKEN = 16;
    private static final int LONGEST_TOKEN = 256;

    /**
     * Checks the values. Tested by StationServerIT.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public HttpSettings {
        require(
                listen.isLoopback(),
                "The station listens on a loopback address only, not on '" + listen.host()
                        + "': use 127.0.0.1, and a TLS proxy for other computers.");
        require(
                token.isEmpty() || token.length() >= SHORTEST_TOKEN && token.length() <= LONGEST_TOKEN,
                "The engineer's token has " + token.length() + " characters, not 16 to 256: take a longer one, such as"
                        + " from 'openssl rand -hex 16'.");
        names = Set.copyOf(names);
    }

    /**
     * {@return a server for this computer alone, without engineers}
     *
     * @param port 0 for any free one
     */
    public static HttpSettings local(int port) {
        return new HttpSettings(new ListenAddress("127.0.0.1", port), Set.of(), "", Optional.empty());
    }

    /**
     * {@return the same with a token}
     *
     * @param other 16 to 256 characters
     */
    public HttpSettings withToken(String other) {
        return new HttpSettings(listen, names, other, texts);
    }

    @Override
    public String toString() {
        return "http://" + listen.host() + ":" + listen.port() + (token.isEmpty() ? "" : " with a token");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
