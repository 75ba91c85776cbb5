package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code station records correct}. Tested by StationRecordsCommandTest. */
@Command(
        name = "correct",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a wrong field of a record right: adds a row with the right value, who says so and why. The record itself stays.",
            "What was measured cannot be corrected. The station may run meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station records correct 1234 --field lot --value LOT-4 --why misread --who eve --config station.yaml",
        })
final class RecordsCorrectCommand extends RecordsCommand {
    @Parameters(paramLabel = "RECORD", description = "Its seq, its id, or the id of its run.")
    String name;

    @Option(
            names = "--field",
            required = true,
            paramLabel = "FIELD",
            description = "scan, operator, part, revision, workOrder, lot, fixture or line.")
    String field;

    @Option(
            names = "--value",
            required = true,
            paramLabel = "TEXT",
            description = "What is right, at most 128 characters; may be empty.")
    String value;

    @Option(
            names = "--why",
            required = true,
            paramLabel = "TEXT",
            description = "Why it was wrong, 1 to 500 characters.")
    String why;

    @Option(names = "--who", required = true, paramLabel = "NAME", description = "Who says so, 1 to 64 characters.")
    String who;

    @Override
    int execute() throws FotaException {
        return new RecordsPrinter(this).correct(this);
    }
}
