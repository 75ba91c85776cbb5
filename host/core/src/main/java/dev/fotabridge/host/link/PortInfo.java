package dev.fotabridge.host.link;

import dev.fotabridge.host.value.BoardProfile;

/**
 * A port as a list shows it.
 * Tested by PortListIT.
 *
 * @param path to open it by
 * @param serialNumber of the USB device, without leading zeros, as Nordic's tools print it; empty if it has none
 * @param interfaceNumber USB interface, -1 if not known. On an nRF9160 DK 0 is the nRF9160's console and ours
 * @param vendorId of the USB device, -1 if it is none
 * @param product what the device calls itself, may be empty
 * @param usbPath the socket into which the device is plugged, as udev's ID_PATH without the interface; empty if not known
 * @param state whether it could be opened
 * @param why for BUSY and FORBIDDEN: one sentence; empty otherwise
 */
public record PortInfo(
        String path,
        String serialNumber,
        int interfaceNumber,
        int vendorId,
        String product,
        String usbPath,
        State state,
        String why) {
    /** Whether a port could be opened now, as far as that can be told without opening it. */
    public enum State {
        FREE,
        BUSY,
        FORBIDDEN
    }

    /** Whether this is the port of a DK on which its application speaks. */
    public boolean isBoardConsole() {
        BoardProfile board = BoardProfile.NRF9160_DK;
        return vendorId == board.usbVendor() && interfaceNumber == board.consoleInterface();
    }
}
