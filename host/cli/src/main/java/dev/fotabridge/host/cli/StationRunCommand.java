package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import picocli.CommandLine.Command;

/** {@code station run}. Tested by StationRunIT. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a station until it is interrupted: watches its bays, updates boards, keeps records, serves API and page.",
            "The first line on standard output is {\"type\":\"READY\",\"url\":…}, once what the bays showed is restored.",
            "Interrupted, it ends with 130; what it was at is ABORTED at its next start, and a job of AWS goes on then."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fota-bridge station run --config station.yaml"})
final class StationRunCommand extends BaseCommand {
    /** No type of the station is named here: picocli looks at each command at every start, and loads what its members name. */
    private volatile Runnable stop = () -> {};

    @Override
    void interrupt() {
        super.interrupt();
        stop.run();
    }

    @Override
    int execute() throws FotaException {
        StationProgram program = new StationProgram(this);
        stop = program::stop;
        if (isInterrupted()) {
            stop.run();
        }
        return program.run(common.config.orElseThrow());
    }
}
