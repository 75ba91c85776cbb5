package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the cloud is, and as whom to connect: what agent and doctor must be given alike. Tested by ProxyIT. */
final class ConnectionOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

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

    @Option(
            names = "--allow-host",
            paramLabel = "HOST",
            split = ",",
            description =
                    "A download URL may name this host although its address is not public, or cannot be checked behind a"
                            + " proxy. May be repeated.")
    List<String> allowHosts = List.of();

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description =
                    "HTTP proxy for MQTT and downloads, http://[USER[:PASSWORD]@]HOST:PORT; a password belongs into the"
                            + " environment's FOTA_BRIDGE_PROXY or FOTA_BRIDGE_PROXY_PASSWORD (default: https_proxy,"
                            + " http_proxy and all_proxy of the environment, as with curl).")
    Optional<String> proxy;

    @Option(
            names = "--no-proxy",
            paramLabel = "HOST,...",
            arity = "0..1",
            fallbackValue = "*",
            description = "Connect to these hosts directly; alone, to all (default: no_proxy of the environment).")
    Optional<String> noProxy;

    /**
     * Which proxy leads where.
     *
     * @param password of the proxy's user where the URL names none
     */
    ProxySettings proxies(Optional<String> password, Map<String, String> environment) {
        return new ProxySettings(proxy, noProxy, password, environment);
    }

    /** What should not stay so. */
    List<String> warnings() {
        boolean onCommandLine = spec.commandLine().getParseResult().hasMatchedOption("--proxy");
        boolean withPassword = proxy.orElse("").matches("(?s)(?:[a-z]+://)?[^/@]*:.*@.*");
        return onCommandLine && withPassword
                ? List.of(
                        "The password in --proxy stands in the list of processes, where everybody on this machine can read"
                                + " it; put it into FOTA_BRIDGE_PROXY or FOTA_BRIDGE_PROXY_PASSWORD.")
                : List.of();
    }

    String thing() throws FotaException {
        if (!thing.matches("[a-zA-Z0-9:_-]{1,128}")) {
            throw new FotaException(
                    Reason.CONFIGURATION, "--thing must be 1 to 128 letters, digits, colons, underscores and hyphens.");
        }
        return thing;
    }

    String clientId() {
        return clientId.orElse(thing);
    }

    ClientFiles files(Optional<String> keyPassword) {
        return new ClientFiles(certificate, key, keyPassword, ca);
    }
}
