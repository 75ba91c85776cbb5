package dev.fotabridge.host.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands of a production station. Tested by StationCommandTest. */
@Command(
        name = "station",
        mixinStandardHelpOptions = true,
        description = {
            "A production station: boards are plugged into its bays, each gets the approved firmware.",
            "docs/station.md says how one is set up."
        },
        subcommands = {
            StationRunCommand.class,
            StationCheckCommand.class,
            StationLearnCommand.class,
            StationRecordsCommand.class,
            StationReleaseCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station release create --image app_update.bin --name 2.0.0 releases/2.0.0",
            "  fota-bridge station learn --config station.yaml",
            "  fota-bridge station check --config station.yaml",
            "  fota-bridge station run --config station.yaml",
            "  fota-bridge station records list --config station.yaml"
        })
final class StationCommand extends CommandGroup {
    private static final String RECORDS = "records";

    /** Commands whose --config is the station's own file, and not the one with defaults for options. */
    private static final Set<String> WITH_FILE = Set.of("run", "check", "learn", RECORDS);

    /** By this the option is told from the other --config: picocli asks a default provider for whether an option is required. */
    private static final String LABEL = "STATION.YAML";

    /** Makes --config of the commands that need a station.yaml say so. */
    static void nameTheFile(CommandLine station) {
        station.getSubcommands().forEach((name, command) -> {
            if (name.equals(RECORDS)) {
                // They may be told the state directory in its place.
                command.getSubcommands().values().forEach(records -> nameTheFile(records.getCommandSpec(), false));
            } else if (WITH_FILE.contains(name)) {
                nameTheFile(command.getCommandSpec(), true);
            }
        });
    }

    private static void nameTheFile(CommandSpec command, boolean isRequired) {
        OptionSpec config = command.findOption(ConfigDefaults.CONFIG_OPTION);
        command.remove(config);
        command.addOption(OptionSpec.builder(config)
                .required(isRequired)
                .paramLabel(LABEL)
                .description("The station's own file; docs/station.md has its keys.")
                .build());
    }

    /** {@return whether {@code --config} in these arguments names a station's file} */
    static boolean takesFile(String[] args) {
        List<String> words = List.of(args);
        int start = words.size() > 1
                        && words.get(0).equals("config")
                        && words.get(1).equals("show")
                ? 2
                : 0;
        return words.size() > start + 1
                && words.get(start).equals("station")
                && WITH_FILE.contains(words.get(start + 1));
    }

    /** {@return whether this is the option that names a station's file} */
    static boolean isFile(OptionSpec option) {
        return option.paramLabel().equals(LABEL);
    }
}
