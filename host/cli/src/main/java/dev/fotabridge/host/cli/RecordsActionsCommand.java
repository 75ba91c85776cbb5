package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code station records actions}. Tested by StationRecordsCommandTest. */
@Command(
        name = "actions",
        mixinStandardHelpOptions = true,
        description = {
            "Lists what engineers and the station did beside runs, the newest first: bays locked and unlocked, starts stopped and resumed,",
            "releases approved, records corrected. 'engineer' is whoever had the token."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station records actions --config station.yaml",
            "  fota-bridge station records actions --limit 100 --json --state-dir /var/lib/station"
        })
final class RecordsActionsCommand extends RecordsCommand {
    private static final int LARGEST_LIMIT = 500;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many actions, 1 to " + LARGEST_LIMIT + " (default: ${DEFAULT-VALUE}).")
    int limit;

    @Override
    int execute() throws FotaException {
        requireRange("--limit", limit, 1, LARGEST_LIMIT);
        return new RecordsPrinter(this).actions(limit);
    }
}
