package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code station check}: what is wrong with a station, and what to do. Tested by StationCheckIT. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at all that a station needs, and changes nothing: its file, disk, clock, release or AWS, ports, USB, boards.",
            "The first line names the worst cause; the exit code is that of the first check that fails, else 0.",
            "A board that stands at a bay is asked what it is, which changes nothing on it. Check while the station does not run."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge station check --config station.yaml",
            "  fota-bridge station check --config station.yaml --no-board --json"
        })
final class StationCheckCommand extends BaseCommand {
    @Option(names = "--no-board", description = "Do not ask the boards.")
    boolean noBoard;

    /** No type of the station is named here: picocli looks at each command at every start, and loads what its members name. */
    private volatile Runnable stop = () -> {};

    @Override
    void interrupt() {
        super.interrupt();
        stop.run();
    }

    @Override
    int execute() throws FotaException {
        StationExamination examination = new StationExamination(this, noBoard);
        stop = examination::stop;
        if (isInterrupted()) {
            stop.run();
        }
        return examination.run(common.config.orElseThrow());
    }
}
