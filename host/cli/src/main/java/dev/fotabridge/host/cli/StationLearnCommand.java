package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code station learn}: which socket is which bay. Tested by StationLearnIT. */
@Command(
        name = "learn",
        mixinStandardHelpOptions = true,
        description = {
            "Learns which USB socket is which bay: plug a board into one bay after the other, in their order.",
            "Each bay is added to the station's file at once; a file that is not there is begun. Bays that are known stay as they are.",
            "Ends after --bays bays, when no board has come for --timeout, or at Ctrl-C, with exit code 130. Opens no port."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station learn --config station.yaml",
            "  fota-bridge station learn --config station.yaml --bays 8 --first 9"
        })
final class StationLearnCommand extends BaseCommand {
    @Option(names = "--bays", paramLabel = "N", description = "How many bays to learn (default: until Ctrl-C).")
    Optional<Integer> count;

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "Number of the first bay that is learned (default: behind the highest in the file).")
    Optional<Integer> first;

    @Override
    void interrupt() {
        super.interrupt();
        synchronized (this) {
            notifyAll();
        }
    }

    @Override
    int execute() throws FotaException {
        if (count.orElse(1) < 1 || first.orElse(1) < 1) {
            throw new FotaException(Reason.CONFIGURATION, "--bays and --first must be at least 1.");
        }
        // No type of the station is a member here: picocli loads what members name, at every start.
        return new MapLesson(this, common.config.orElseThrow(), first).learn();
    }

    /** Waits; {@link #interrupt} ends it at once. */
    synchronized void pause(long millis) {
        if (isInterrupted()) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.timedWait(this, millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            super.interrupt();
        }
    }
}
