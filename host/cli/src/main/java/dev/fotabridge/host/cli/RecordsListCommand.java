package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code station records list}. Tested by StationRecordsCommandTest. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists records, the newest first: one line an attempt.",
            "A verdict in parentheses is that of an attempt after which its run went on. Times are those of this computer's zone."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station records list --config station.yaml",
            "  fota-bridge station records list --config station.yaml --search 4F00 --limit 5",
            "  fota-bridge station records list --state-dir /var/lib/station --bay 3 --json"
        })
final class RecordsListCommand extends RecordsCommand {
    private static final int LARGEST_LIMIT = 500;
    private static final int LONGEST_SEARCH = 128;
    private static final int MOST_BAYS = 10_000;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many records, 1 to " + LARGEST_LIMIT + " (default: ${DEFAULT-VALUE}).")
    int limit;

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only records whose unit, scan, thing or job begins with this text.")
    Optional<String> search;

    @Option(names = "--bay", paramLabel = "N", description = "Only records of this bay.")
    Optional<Integer> bay;

    @Option(names = "--before", paramLabel = "SEQ", description = "Only records with a smaller seq: the next page.")
    Optional<Long> before;

    @Override
    int execute() throws FotaException {
        requireRange("--limit", limit, 1, LARGEST_LIMIT);
        requireRange("--bay", bay.orElse(1), 1, MOST_BAYS);
        requireRange("--before", before.orElse(1L), 1, Long.MAX_VALUE);
        requireRange("The length of --search", search.orElse("").length(), 0, LONGEST_SEARCH);
        return new RecordsPrinter(this).list(search.orElse(""), bay, before.orElse(Long.MAX_VALUE), limit);
    }
}
