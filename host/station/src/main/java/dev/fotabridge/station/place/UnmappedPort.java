package dev.fotabridge.station.place;

import dev.fotabridge.host.api.PortReport;

/**
 * A port that stands at no bay. It is listed, and never touched.
 * Tested by PlaceWatchTest.
 *
 * @param port the port
 * @param why one sentence that says why it is left alone
 */
public record UnmappedPort(PortReport port, String why) {
    static UnmappedPort of(PortReport port) {
        return new UnmappedPort(port, why(port));
    }

    private static String why(PortReport port) {
        if (!port.boardConsole()) {
            return "It is not the console of a known board.";
        }
        return port.usbPath().isEmpty()
                ? "Its USB place cannot be told."
                : "No bay stands at " + port.usbPath() + "; 'station learn' adds one.";
    }
}
