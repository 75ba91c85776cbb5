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
    private final StationProgram program = new StationProgram(this);

    @Override
    void interrupt() {
        super.interrupt();
        program.stop();
    }

    @Override
    int execute() throws FotaException {
        return program.run(common.config.orElseThrow());
    }
}
