package dev.fotabridge.host.cli;

import dev.fotabridge.host.agent.AgentConfig;
import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.tls.ClientFiles;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agent}: AWS FOTA for one board. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description = "AWS FOTA for one board: waits for jobs, updates the board, reports to AWS.")
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
        return station()
                .agent(config(), update.options(common.timeout), port.bay(), sink())
                .reason()
                .exitCode();
    }

    AgentConfig config() throws FotaException {
        Endpoint cloud = Endpoint.parse(connection.endpoint);
        ClientFiles files = connection.files(secret("KEY_PASSWORD"));
        return new AgentConfig(
                cloud.host(),
                cloud.port(),
                connection.thing(),
                connection.clientId(),
                files,
                once,
                List.copyOf(connection.allowHosts),
                connection.proxies(secret("PROXY_PASSWORD"), environment()));
    }
}
