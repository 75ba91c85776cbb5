package dev.fotabridge.host.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command that only groups others was given alone. */
final class MissingCommand {
    private MissingCommand() {}

    /** Returns the refusal, which names the commands there are. */
    static ParameterException of(CommandSpec group) {
        return new ParameterException(
                group.commandLine(),
                "No command given. Commands: "
                        + String.join(", ", group.subcommands().keySet()) + ".");
    }
}
