package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.UpdateOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What flash and agent ask of an update. */
final class UpdateArguments {
    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description =
                    "PEM file of the key that the board's MCUboot knows; other images are refused. A modem delta is signed by"
                            + " Nordic, and checked by the modem.")
    Optional<Path> publicKey;

    @Option(
            names = "--complete-on",
            paramLabel = "WHEN",
            defaultValue = "confirmed",
            description = "When an update counts as done: confirmed, booted or written (default: ${DEFAULT-VALUE})."
                    + " 'written' restarts nothing and asks nothing of the new image.")
    CompleteOn completeOn;

    @Option(names = "--board", paramLabel = "TYPE", description = "The board must be of this type.")
    Optional<String> board;

    @Option(names = "--no-downgrade", description = "Refuse an image that is older than what the board runs.")
    boolean noDowngrade;

    @Option(
            names = "--modem-uuid",
            paramLabel = "UUID",
            description =
                    "The modem must run the firmware of this UUID, or a modem delta is refused before its area is erased.")
    Optional<String> modemUuid;

    UpdateOptions options(Optional<Duration> timeout) {
        return new UpdateOptions(publicKey, completeOn, board, noDowngrade, modemUuid, timeout);
    }
}
