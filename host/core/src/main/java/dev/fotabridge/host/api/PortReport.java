package dev.fotabridge.host.api;

/**
 * A USB serial port of this computer, as it is found without opening it. Texts are empty where nothing is known.
 *
 * @param path path by which it is opened
 * @param serialNumber serial number of the USB device, without leading zeros; of a DK the number of its debugger
 * @param interfaceNumber number of the USB interface, from 0; -1 if not known
 * @param product what the device calls itself
 * @param usbPath the socket into which the device is plugged, whatever device that is: udev's ID_PATH without the interface, such
 *     as {@code pci-0000:00:14.0-usb-0:3.1}; known on Linux only
 * @param boardConsole whether this is the port on which the application of a known board speaks, such as the first of an
 *     nRF9160 DK
 * @param state whether it could be opened
 * @param why one sentence for BUSY and FORBIDDEN; empty for FREE
 */
public record PortReport(
        String path,
        String serialNumber,
        int interfaceNumber,
        String product,
        String usbPath,
        boolean boardConsole,
        State state,
        String why) {
    /** Whether a port could be opened, as far as this can be told without opening it. */
    public enum State {
        /** No process is seen that holds it; one of another user may. */
        FREE,
        /** Another process holds it. */
        BUSY,
        /** This user may not read and write it. */
        FORBIDDEN
    }
}
