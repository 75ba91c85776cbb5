package dev.fotabridge.station.place;

/**
 * The place of a bay.
 * Tested by StationFileTest.
 *
 * @param bay number of the bay, from 1
 * @param kind what the address is
 * @param address the USB place, or the path of the port
 * @param fixture name of the fixture; may be empty
 * @param line of the configuration in which it stands
 */
public record BayPlace(int bay, Kind kind, String address, String fixture, int line) {
    /** How a place is named. */
    public enum Kind {
        /** By a USB socket: udev's ID_PATH without the interface. */
        USB,
        /** By a fixed port. */
        PORT
    }

    /** {@return the port by which the library reaches whatever board stands here, for a BayConfig} */
    public String port() {
        return kind == Kind.USB ? "usb:" + address : address;
    }

    /** For a sentence. */
    @Override
    public String toString() {
        return "bay " + bay + " (line " + line + ")";
    }
}
