package dev.fotabridge.host.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only groups others. Given alone, it names them. Tested by HelpTest. */
@Command(synopsisSubcommandLabel = "COMMAND")
abstract class CommandGroup implements Runnable {
    @Spec
    CommandSpec group;

    @Override
    public void run() {
        throw missing(group);
    }

    /** Returns the refusal of a group without a command, which names the commands there are. */
    static ParameterException missing(CommandSpec group) {
        return new ParameterException(
                group.commandLine(),
                "No command given. Commands: "
                        + String.join(", ", group.subcommands().keySet()) + ".");
    }
}
