package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ThingJobs;
import dev.fotabridge.host.jobs.Endpoint;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agent}: AWS FOTA for one board. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description = "AWS FOTA for one board: waits for jobs, updates the board, reports to AWS.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge agent --thing dk-1 --endpoint NAME-ats.iot.eu-central-1.amazonaws.com \\",
            "      --cert device.pem.crt --key private.pem.key",
            "  fota-bridge agent --once --config dk-1.yaml --port /dev/ttyACM0"
        })
final class AgentCommand extends BaseCommand {
    @Mixin
    PortOptions port;

    @Mixin
    UpdateArguments update;

    @Mixin
    ConnectionOptions connection;

    @Option(names = "--once", description = "End after one job, with its exit code.")
    boolean once;

    @Override
    boolean keepsState() {
        return true;
    }

    @Override
    int execute() throws FotaException {
        connection.warnings().forEach(warning -> streams().note("Warning: " + warning));
        ThingJobs jobs = jobs();
        return bay(port.bay())
                .jobs(jobs, update.options(common.timeout))
                .reason()
                .exitCode();
    }

    ThingJobs jobs() throws FotaException {
        Endpoint cloud = Endpoint.parse(connection.endpoint);
        ClientFiles files = connection.files(secret("KEY_PASSWORD"));
        return new ThingJobs(
                cloud.host(),
                cloud.port(),
                connection.thing(),
                new ThingJobs.Connection.Own(connection.clientId(), files),
                once ? ThingJobs.Until.ONE_JOB : ThingJobs.Until.INTERRUPTED,
                files.ca(),
                List.copyOf(connection.allowHosts),
                connection.proxies(secret("PROXY_PASSWORD"), environment()));
    }
}
