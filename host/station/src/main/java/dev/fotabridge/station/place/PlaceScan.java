package dev.fotabridge.station.place;

import dev.fotabridge.host.api.PortReport;
import java.util.List;
import java.util.Map;

/**
 * What one look at this computer's ports shows.
 *
 * @param ports all USB serial ports
 * @param devices for bays with a fixed port: the device to which its path leads now; without those whose path leads nowhere
 */
public record PlaceScan(List<PortReport> ports, Map<Integer, PlaceDevice> devices) {
    /** Copies the values. */
    public PlaceScan {
        ports = List.copyOf(ports);
        devices = Map.copyOf(devices);
    }
}
