package dev.fotabridge.host.cli;

import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.station.AgentConfig;
import dev.fotabridge.host.tls.ClientFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    @Option(
            names = "--endpoint",
            paramLabel = "HOST[:PORT]",
            required = true,
            description =
                    "The account's device data endpoint (…-ats.iot.REGION.amazonaws.com); port 8883 if none is named.")
    String endpoint;

    @Option(
            names = "--thing",
            paramLabel = "NAME",
            required = true,
            description = "The thing that the board is at AWS.")
    String thing;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "MQTT client id (default: the thing's name); the newest of two clients with one id wins.")
    Optional<String> clientId;

    @Option(names = "--cert", paramLabel = "FILE", required = true, description = "The thing's certificate, PEM.")
    Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The certificate's private key, PEM; the environment's FOTA_BRIDGE_KEY_PASSWORD decrypts it.")
    Path key;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "AmazonRootCA1.pem, or another root that the endpoint's certificate comes from; downloads trust"
                            + " it too (default: the system's roots).")
    Optional<Path> ca;

    @Option(names = "--once", description = "End after one job, with its exit code.")
    boolean once;

    @Option(
            names = "--allow-host",
            paramLabel = "HOST",
            split = ",",
            description = "A download URL may name this host although its address is not public. May be repeated.")
    List<String> allowHosts = List.of();

    @Override
    int execute() throws FotaException {
        return station()
                .agent(config(), update.options(common.timeout), port.bay(), sink())
                .reason()
                .exitCode();
    }

    AgentConfig config() throws FotaException {
        Endpoint cloud = Endpoint.parse(endpoint);
        if (!thing.matches("[a-zA-Z0-9:_-]{1,128}")) {
            throw new FotaException(
                    Reason.CONFIGURATION, "--thing must be 1 to 128 letters, digits, colons, underscores and hyphens.");
        }
        ClientFiles files = new ClientFiles(certificate, key, secret("KEY_PASSWORD"), ca);
        return new AgentConfig(
                cloud.host(), cloud.port(), thing, clientId.orElse(thing), files, once, List.copyOf(allowHosts));
    }
}
