package dev.fotabridge.host.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the user asks of an update.
 *
 * @param publicKey PEM file; with it, an image that its owner has not signed is refused
 * @param board type that the board must have
 * @param noDowngrade whether an older version is refused
 * @param modemUuid of the firmware that the modem must run for a modem delta to be handed to it
 * @param timeout how long a lost board may take to come back; see {@link #linkTimeout()} for the default
 */
public record UpdateOptions(
        Optional<Path> publicKey,
        CompleteOn completeOn,
        Optional<String> board,
        boolean noDowngrade,
        Optional<String> modemUuid,
        Optional<Duration> timeout) {
    /** For images. */
    public UpdateOptions(
            Optional<Path> publicKey,
            CompleteOn completeOn,
            Optional<String> board,
            boolean noDowngrade,
            Optional<Duration> timeout) {
        this(publicKey, completeOn, board, noDowngrade, Optional.empty(), timeout);
    }

    /** Sixty seconds unless the user says otherwise. */
    public Duration linkTimeout() {
        return timeout.orElse(Duration.ofSeconds(60));
    }
}
