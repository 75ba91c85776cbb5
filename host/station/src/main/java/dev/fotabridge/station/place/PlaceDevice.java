package dev.fotabridge.station.place;

/**
 * The device to which a port's path leads. Two paths are one port if these are equal in one of the two.
 * Tested by PlaceClashTest.
 *
 * @param path real path
 * @param number device number; 0 if it is none, or not known
 */
public record PlaceDevice(String path, long number) {
    /** {@return whether both are the same port} */
    public boolean isSame(PlaceDevice other) {
        return path.equals(other.path) || number != 0 && number == other.number;
    }
}
