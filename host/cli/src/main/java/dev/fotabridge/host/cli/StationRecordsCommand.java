package dev.fotabridge.host.cli;

import picocli.CommandLine.Command;

/** {@code station records}. Tested by StationRecordsCommandTest. */
@Command(
        name = "records",
        mixinStandardHelpOptions = true,
        description = {
            "A station's records, whether the station runs or not. --config names its file, or --state-dir its state directory.",
            "All but 'correct' only read, and leave no file behind."
        },
        subcommands = {
            RecordsListCommand.class,
            RecordsShowCommand.class,
            RecordsExportCommand.class,
            RecordsCorrectCommand.class,
            RecordsActionsCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station records list --config station.yaml",
            "  fota-bridge station records show 1234 --config station.yaml",
            "  fota-bridge station records export --output records.csv --config station.yaml"
        })
final class StationRecordsCommand extends CommandGroup {}
