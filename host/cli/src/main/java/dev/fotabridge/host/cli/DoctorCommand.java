package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.SharedParts;
import dev.fotabridge.host.doctor.Diagnosis;
import dev.fotabridge.host.doctor.Doctor;
import dev.fotabridge.host.doctor.DoctorConfig;
import dev.fotabridge.host.doctor.DoctorRun;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.proxy.ProxyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: what is wrong with a set-up, and what to do. Tested by DoctorIT. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Walks the whole way of an update and changes nothing: files, TLS, endpoint, policy, download, port,"
                    + " board.",
            "The first line names the worst cause; the exit code is that of the first check that fails, else 0.",
            "Give it the options that the agent gets."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fota-bridge doctor --config dk-1.yaml",
            "  fota-bridge doctor --thing dk-1 --endpoint NAME-ats.iot.eu-central-1.amazonaws.com \\",
            "      --cert device.pem.crt --key private.pem.key --no-board",
            "",
            "If two MQTT clients have one id, the newest ends the other's connection. Therefore the doctor uses the thing's",
            "client id only while no agent on this machine works for the thing. With --client-id-suffix it connects beside a",
            "running agent; the policy must then allow that id too, and many policies allow the thing's name only."
        })
final class DoctorCommand extends BaseCommand {
    /** A board that answers does so within a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    PortOptions port;

    @Mixin
    ConnectionOptions connection;

    @Option(
            names = "--client-id-suffix",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Goes behind the client id, so that a running agent is left in peace (default: none).")
    String clientIdSuffix;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Also ask for the first byte of this object, as a download would.")
    Optional<String> url;

    @Option(names = "--no-board", description = "Leave port and board out.")
    boolean noBoard;

    private final CommandLoop loop = new CommandLoop();

    @Override
    void interrupt() {
        super.interrupt();
        loop.stop();
    }

    @Override
    boolean keepsState() {
        return true;
    }

    @Override
    int execute() throws FotaException {
        connection.warnings().forEach(warning -> streams().note("Warning: " + warning));
        Optional<BayConfig> bay = noBoard ? Optional.empty() : Optional.of(port.bay());
        return new DiagnosisPrinter(this).print(examine(bay));
    }

    private Diagnosis examine(Optional<BayConfig> bay) throws FotaException {
        DoctorConfig config = config();
        try (SharedParts shared = new SharedParts()) {
            BayContext program = new BayContext(state(), software(), session(), loop.begin(shared), shared);
            try (DoctorRun run = new DoctorRun(config, bay, common.timeout.orElse(PATIENCE), program)) {
                return new Doctor(config, run).examine(Instant.now(), program.session());
            }
        }
    }

    private DoctorConfig config() throws FotaException {
        return new DoctorConfig(
                connection.endpoint,
                connection.thing(),
                connection.clientId(),
                clientIdSuffix,
                connection.files(secret("KEY_PASSWORD")),
                downloadUrl(),
                List.copyOf(connection.allowHosts),
                ProxyRules.of(connection.proxies(secret("PROXY_PASSWORD"), environment())),
                state().root());
    }

    private Optional<DownloadUrl> downloadUrl() throws FotaException {
        try {
            return url.map(DownloadUrl::parse);
        } catch (IllegalArgumentException e) {
            throw new FotaException(Reason.CONFIGURATION, "--url cannot be used: " + e.getMessage() + ".");
        }
    }
}
