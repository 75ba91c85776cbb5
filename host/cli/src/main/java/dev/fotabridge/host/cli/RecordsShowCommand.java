package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code station records show}. Tested by StationRecordsCommandTest. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows all of a record, the other attempts of its run, and the corrections of the run.",
            "With --json: one object with the record's fields, 'otherAttempts' and 'corrections'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station records show 1234 --config station.yaml",
            "  fota-bridge station records show 0193a7b2-6c1e-7f00-8a53-1d2e3f405162 --json --state-dir /var/lib/station"
        })
final class RecordsShowCommand extends RecordsCommand {
    @Parameters(
            paramLabel = "RECORD",
            description = "Its seq, its id, or the id of its run; of a run the last attempt is shown.")
    String name;

    @Override
    int execute() throws FotaException {
        return new RecordsPrinter(this).show(name);
    }
}
