package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line's root and entry. Tested by OptionValuesTest. */
@Command(
        name = "fota-bridge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Gives an nRF9160 DK AWS FOTA over its serial port.",
        subcommands = {
            AgentCommand.class,
            FlashCommand.class,
            DeviceCommand.class,
            ImageCommand.class,
            PortCommand.class,
            RigCommand.class,
            DoctorCommand.class,
            StationCommand.class,
            ConfigCommand.class,
            CompletionCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge port list",
            "  fota-bridge flash app_update.bin",
            "",
            "Options come from the command line, else from the environment (--state-dir is FOTA_BRIDGE_STATE_DIR),",
            "else from the YAML file of --config (state-dir: …), else they have their default.",
            "The commands demo, sim and bench belong to the local world; see README.md."
        })
public final class Main implements Callable<Integer> {
    /** Wide enough that no example is broken. */
    private static final int HELP_COLUMNS = 120;

    /** Where to begin, and the other commands. */
    private static final List<String> OVERVIEW = List.of(
            "FOTA Bridge gives an nRF9160 DK AWS FOTA over its serial port.",
            "",
            "Begin here:",
            "  fota-bridge demo         the whole thing on this machine: local AWS, a virtual board, a job, an update",
            "  fota-bridge port list    boards that are plugged in, and their ports",
            "  fota-bridge flash FILE   update a board from a file, without a cloud",
            "  fota-bridge agent        AWS FOTA for one board",
            "  fota-bridge doctor       what is wrong with a set-up, and what to do",
            "",
            "Also:",
            "  device                   ask one board, reset it, listen to it",
            "  image                    what is in an image file",
            "  rig                      the boards of a test rig",
            "  station                  a production station: its file, its bays, its releases",
            "  config                   options, and where their values come from",
            "  completion               completes commands and options in bash, zsh and fish",
            "  sim, bench               the local AWS and virtual boards; measurements",
            "",
            "Options and examples: fota-bridge COMMAND --help");

    @Spec
    CommandSpec spec;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        LibraryLogs.silence();
        Owner.watch(System.getenv(), System.in);
        System.exit(run(args, System.getenv(), Streams.ofProcess()));
    }

    static int run(String[] args, Map<String, String> environment, Streams streams) {
        CommandLine line = commandLine(streams, environment);
        try {
            line.setDefaultValueProvider(ConfigDefaults.load(args, environment, ConfigDefaults.options(line)));
        } catch (FotaException e) {
            streams.err().println(Sentences.error(e.reason(), e.getMessage()));
            return e.reason().exitCode();
        } catch (InvalidPathException e) {
            streams.err().println(Sentences.error(Reason.CONFIGURATION, Sentences.noPath(e)));
            return Reason.CONFIGURATION.exitCode();
        }
        // A command of ours has looked at its own output already: what is left are help and version, for people.
        return streams.delivered(line.execute(args), true);
    }

    /** Returns the commands as they are parsed; without defaults from environment and file. */
    static CommandLine commandLine(Streams streams, Map<String, String> environment) {
        CommandLine line = new CommandLine(new Main(), new CommandFactory(streams, environment));
        line.setOut(new PrintWriter(streams.out(), true));
        line.setErr(new PrintWriter(streams.err(), true));
        // An argument is the text that stands there, also behind an @.
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Main::usage);
        line.registerConverter(Path.class, Main::path);
        line.registerConverter(Integer.class, Main::number);
        line.setUsageHelpWidth(HELP_COLUMNS);
        HelpLayout.apply(line);
        StationCommand.nameTheFile(line.getSubcommands().get("station"));
        // What stands behind 'config show' belongs to the command that it names.
        line.getSubcommands().get("config").getSubcommands().get("show").setStopAtPositional(true);
        return line;
    }

    private static Integer number(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no whole number of at most " + Integer.MAX_VALUE);
        }
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException(Sentences.EMPTY);
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(Sentences.noPath(e));
        }
    }

    private static int usage(ParameterException e, String[] args) {
        UsageError error = UsageError.of(e, args);
        e.getCommandLine().getErr().println(Sentences.error(Reason.USAGE, error.sentence(), error.whatToTry()));
        return Reason.USAGE.exitCode();
    }

    @Override
    public Integer call() {
        OVERVIEW.forEach(spec.commandLine().getErr()::println);
        return Reason.USAGE.exitCode();
    }
}
