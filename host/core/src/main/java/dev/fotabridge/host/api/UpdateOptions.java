package dev.fotabridge.host.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the user asks of an update.
 *
 * @param publicKey PEM file; an image without a valid signature by this key is refused with IMAGE_SIGNATURE; read anew for
 *     every update
 * @param completeOn when the update counts as done
 * @param board type that the board must have; another is refused with BOARD_TYPE
 * @param noDowngrade whether an image older than the running one is refused with DOWNGRADE
 * @param modemUuid UUID of the firmware that the modem must run before it gets a modem delta; another is refused with
 *     MODEM_BASE
 * @param timeout how long a lost board may take to come back, not counting the time of a swap; {@link #linkTimeout()} has the
 *     default. If it is given, {@link Bay#update} also waits this long for the board's first answer, 10 s otherwise
 */
public record UpdateOptions(
        Optional<Path> publicKey,
        CompleteOn completeOn,
        Optional<String> board,
        boolean noDowngrade,
        Optional<String> modemUuid,
        Optional<Duration> timeout) {
    /**
     * Options without a modem's UUID.
     *
     * @param publicKey PEM file of the key that must have signed the image
     * @param completeOn when the update counts as done
     * @param board type that the board must have
     * @param noDowngrade whether an older version is refused
     * @param timeout how long a lost board may take to come back
     */
    public UpdateOptions(
            Optional<Path> publicKey,
            CompleteOn completeOn,
            Optional<String> board,
            boolean noDowngrade,
            Optional<Duration> timeout) {
        this(publicKey, completeOn, board, noDowngrade, Optional.empty(), timeout);
    }

    /** {@return how long a lost board may take to come back: {@link #timeout}, or 60 s} */
    public Duration linkTimeout() {
        return timeout.orElse(Duration.ofSeconds(60));
    }
}
