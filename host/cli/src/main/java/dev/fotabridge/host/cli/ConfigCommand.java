package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config show}. Tested by ConfigShowTest. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Options and where they come from.",
        subcommands = ConfigCommand.Show.class,
        footerHeading = "%nExamples:%n",
        footer = "  fota-bridge config show agent")
final class ConfigCommand extends CommandGroup {
    /** Where does a value come from? */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Prints each option of a command with its value and where it comes from: command line, environment, file or"
                        + " default.",
                "Without a command: the options that environment and file set. Secrets are not shown."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  fota-bridge config show",
                "  fota-bridge config show agent",
                "  fota-bridge config show --json flash --port /dev/ttyACM0 app_update.bin"
            })
    static final class Show extends BaseCommand {
        @Spec
        CommandSpec spec;

        @Parameters(
                paramLabel = "COMMAND",
                arity = "0..*",
                description = "A command with its subcommand and options, as it would be given.")
        List<String> words = List.of();

        @Override
        int execute() throws FotaException {
            ConfigDefaults defaults = (ConfigDefaults) spec.commandLine().getDefaultValueProvider();
            List<ShownOption> options = options(new ShownOptions(defaults, environment()));
            options.forEach(common.json ? this::printJson : this::print);
            if (options.isEmpty()) {
                streams().note("Neither environment nor file sets an option.");
            }
            return done();
        }

        private List<ShownOption> options(ShownOptions shown) throws FotaException {
            try {
                return words.isEmpty()
                        ? shown.set(spec.root().commandLine())
                        : shown.of(Main.commandLine(streams(), environment()), words);
            } catch (ParameterException e) {
                throw new FotaException(Reason.USAGE, e.getMessage());
            }
        }

        private void print(ShownOption option) {
            streams()
                    .data(String.format(
                            Locale.ROOT,
                            "%-21s %-24s %s",
                            option.name(),
                            option.value().isEmpty() ? "-" : option.value(),
                            option.from()));
        }

        private void printJson(ShownOption option) {
            json().line("OPTION", g -> {
                g.writeStringField("name", option.name());
                JsonEvents.text(g, "value", option.value());
                g.writeStringField("origin", option.origin().name());
                JsonEvents.text(g, "source", option.source());
            });
        }
    }
}
