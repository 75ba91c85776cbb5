package dev.fotabridge.station.config;

/**
 * Where the API is served.
 * Tested by StationFileTest.
 *
 * @param host name or address of this computer
 * @param port TCP port; 0 for any that is free
 */
public record ListenAddress(String host, int port) {
    /** {@return whether only this computer can reach it} */
    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
