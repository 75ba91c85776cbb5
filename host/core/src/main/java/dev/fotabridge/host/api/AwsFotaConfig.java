package dev.fotabridge.host.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which thing, which board, and how. Immutable; the {@code with} methods give changed copies. Every constructor and method
 * throws {@link IllegalArgumentException} when a value is null or outside of its range, and names it.
 * Tested by AwsFotaArgumentsTest.
 *
 * @param host name of the endpoint that the application's MQTT client is connected to, 1 to 255 characters
 * @param port TCP port of that endpoint, 1 to 65 535
 * @param thing name of the thing: 1 to 128 letters, digits, colons, underscores and hyphens, as AWS IoT allows
 * @param board the board
 * @param stateDirectory directory for journals and images, which outlive a restart; made when missing
 * @param update what is refused, and when an update counts as done
 * @param ca PEM file of roots that downloads trust beside the system's
 * @param allowHosts hosts that a job may name although their addresses are not public
 * @param proxies which proxy leads to a download's host; the MQTT client is the application's own
 */
public record AwsFotaConfig(
        String host,
        int port,
        String thing,
        BayConfig board,
        Path stateDirectory,
        UpdateOptions update,
        Optional<Path> ca,
        List<String> allowHosts,
        ProxySettings proxies) {
    /**
     * Checks the ranges and copies the list.
     *
     * @param host 1 to 255 letters, digits, dots, underscores and hyphens
     * @param port 1 to 65 535
     * @param thing 1 to 128 letters, digits, colons, underscores and hyphens
     * @param board any
     * @param stateDirectory need not exist
     * @param update any
     * @param ca need not exist yet
     * @param allowHosts may be empty
     * @param proxies {@link ProxySettings#NONE} for none
     */
    public AwsFotaConfig {
        requireThing(host, port, thing);
        require(
                board != null && stateDirectory != null && update != null,
                "board, stateDirectory, update: none is null");
        require(
                ca != null && allowHosts != null && proxies != null,
                "ca, allowHosts and proxies may be empty, but not null");
        allowHosts = List.copyOf(allowHosts);
    }

    /**
     * Returns the defaults: at most {@link BayConfig#CEILING_BAUD}, done when confirmed, the system's
     * roots, no proxy.
     *
     * @param host name of the endpoint that the application's MQTT client is connected to
     * @param port TCP port of that endpoint, 1 to 65 535
     * @param thing name of the thing, 1 to 128 characters
     * @param serialPort path of the board's port
     * @param stateDirectory directory for journals and images
     * @return the configuration
     */
    public static AwsFotaConfig of(String host, int port, String thing, String serialPort, Path stateDirectory) {
        require(serialPort != null, "serialPort must not be null");
        BayConfig board = new BayConfig(Optional.of(serialPort), Optional.empty());
        UpdateOptions update =
                new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());
        return new AwsFotaConfig(
                host, port, thing, board, stateDirectory, update, Optional.empty(), List.of(), ProxySettings.NONE);
    }

    /**
     * {@return a copy with another highest rate that the board may be asked for}
     *
     * @param baud bits per second, as {@link BayConfig} takes it
     */
    public AwsFotaConfig withBaud(int baud) {
        BayConfig other = new BayConfig(board.port(), board.serialNumber(), baud, board.startBaud());
        return new AwsFotaConfig(host, port, thing, other, stateDirectory, update, ca, allowHosts, proxies);
    }

    /**
     * {@return a copy with other rules for updates}
     *
     * @param other what is refused, and when an update counts as done
     */
    public AwsFotaConfig withUpdate(UpdateOptions other) {
        return new AwsFotaConfig(host, port, thing, board, stateDirectory, other, ca, allowHosts, proxies);
    }

    /**
     * {@return a copy with roots that downloads trust beside the system's}
     *
     * @param file PEM file
     */
    public AwsFotaConfig withCa(Path file) {
        require(file != null, "ca must not be null");
        return new AwsFotaConfig(
                host, port, thing, board, stateDirectory, update, Optional.of(file), allowHosts, proxies);
    }

    /**
     * {@return a copy with other hosts that a job may name although their addresses are not public}
     *
     * @param hosts names or addresses, in place of the ones before
     */
    public AwsFotaConfig withAllowedHosts(List<String> hosts) {
        return new AwsFotaConfig(host, port, thing, board, stateDirectory, update, ca, hosts, proxies);
    }

    /**
     * {@return a copy with proxies for downloads}
     *
     * @param other {@code ProxySettings.ofEnvironment(System.getenv())} for those of the environment
     */
    public AwsFotaConfig withProxies(ProxySettings other) {
        return new AwsFotaConfig(host, port, thing, board, stateDirectory, update, ca, allowHosts, other);
    }

    /** Checks an endpoint, and the name of a thing there. */
    static void requireThing(String host, int port, String thing) {
        require(host != null && host.matches("[0-9A-Za-z._-]{1,255}"), "host must be a host name, not " + host);
        require(port >= 1 && port <= 65_535, "port must be 1 to 65535, not " + port);
        require(
                thing != null && thing.matches("[a-zA-Z0-9:_-]{1,128}"),
                "a thing is named by 1 to 128 letters, digits, colons, underscores and hyphens, not " + thing);
    }

    static void require(boolean kept, String sentence) {
        if (!kept) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
