package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code station records export}. Tested by StationRecordsCommandTest. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Exports all records, the oldest first, with the columns of the API's /api/v1/records.csv.",
            "FILE is there once it is whole; until then what had its name stays.",
            "An export to standard output is whole if its exit code is 0 and it was read to its end."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station records export --output records.csv --config station.yaml",
            "  fota-bridge station records export --format json --config station.yaml | gzip > records.json.gz"
        })
final class RecordsExportCommand extends RecordsCommand {
    /** How a record is written. */
    enum Format {
        /** A line of values, behind a header. */
        CSV,
        /** An object a line. */
        JSON
    }

    @Option(names = "--output", paramLabel = "FILE", description = "Where the records go (default: standard output).")
    Optional<Path> output;

    @Option(
            names = "--format",
            paramLabel = "csv|json",
            description = "CSV with a header, or a JSON object a line (default: csv).")
    Optional<Format> format;

    @Override
    int execute() throws FotaException {
        boolean isPrinted = output.isEmpty();
        if (isPrinted && common.json && format.equals(Optional.of(Format.CSV))) {
            throw new FotaException(
                    Reason.USAGE, "--json and CSV cannot both go to standard output: name a file by --output.");
        }
        RecordsExport export = new RecordsExport(this, format.orElse(Format.CSV));
        return isPrinted ? export.print() : export.write(output.get());
    }
}
