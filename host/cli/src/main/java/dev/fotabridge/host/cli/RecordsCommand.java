package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.config.StationFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands about a station's records share. Tested by StationRecordsCommandTest. */
abstract class RecordsCommand extends BaseCommand {
    private static final String STATE_DIR = "--state-dir";

    @Spec
    CommandSpec spec;

    /**
     * Returns the state directory of the station that is meant. An option of the command line counts before the station's file, and the
     * file before what environment or defaults say of other commands' state.
     */
    final Path ledgerDirectory() throws FotaException {
        Optional<Path> named = common.stateDir;
        if (named.isPresent()
                && (common.config.isEmpty()
                        || spec.commandLine().getParseResult().hasMatchedOption(STATE_DIR))) {
            return named.get();
        } else if (common.config.isPresent()) {
            return StationFile.read(common.config.get()).stateDirectory();
        }
        throw new FotaException(
                Reason.USAGE, "Name the station's file by --config, or its state directory by " + STATE_DIR + ".");
    }

    /** Requires that a number of the command line is within its range. */
    static void requireRange(String option, long number, long least, long most) throws FotaException {
        if (number < least || number > most) {
            throw new FotaException(
                    Reason.CONFIGURATION, option + " is " + number + ": it takes " + least + " to " + most + ".");
        }
    }
}
