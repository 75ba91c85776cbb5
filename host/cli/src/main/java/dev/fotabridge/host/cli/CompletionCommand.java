package dev.fotabridge.host.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion SHELL}: prints a script by which a shell completes commands and options. Tested by CompletionTest. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description =
                "Prints a script by which a shell completes commands and options. The local world's demo, sim and bench"
                        + " are not in it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge completion bash > ~/.local/share/bash-completion/completions/fota-bridge",
            "  fota-bridge completion fish > ~/.config/fish/completions/fota-bridge.fish",
            "",
            "zsh: put the script where .zshrc sources it, after compinit."
        })
final class CompletionCommand implements Callable<Integer> {
    /** What reads the script. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    Shell shell;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        // The script for bash also serves zsh, by zsh's bashcompinit.
        out.print(shell == Shell.fish ? FishCompletion.of(root) : AutoComplete.bash(root.getCommandName(), root));
        out.flush();
        return 0;
    }
}
