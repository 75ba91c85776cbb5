package dev.fotabridge.station.place;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlaceClashTest {
    private static final List<BayPlace> BAYS = List.of(
            new BayPlace(1, BayPlace.Kind.PORT, "/dev/one", "", 4),
            new BayPlace(2, BayPlace.Kind.USB, "usb-0:1", "", 5));

    private static Optional<String> find(PlaceDevice first, PlaceDevice second) {
        return PlaceClash.find(BAYS, Map.of(1, first, 2, second));
    }

    @Test
    void onePathIsOneDevice() {
        assertEquals(
                Optional.of(
                        "'/dev/one' of bay 1 (line 4) and 'usb-0:1' of bay 2 (line 5) are one device, /dev/ttyACM0: a bay must"
                                + " have a place of its own."),
                find(new PlaceDevice("/dev/ttyACM0", 0), new PlaceDevice("/dev/ttyACM0", 0)));
    }

    /** A second node for one device, as in a container. */
    @Test
    void oneNumberIsOneDevice() {
        assertEquals(
                true,
                find(new PlaceDevice("/dev/a", 42_496), new PlaceDevice("/dev/b", 42_496))
                        .isPresent());
    }

    @Test
    void othersAreNot() {
        assertEquals(Optional.empty(), find(new PlaceDevice("/dev/a", 42_496), new PlaceDevice("/dev/b", 42_497)));
        assertEquals(Optional.empty(), find(new PlaceDevice("/dev/a", 0), new PlaceDevice("/dev/b", 0)));
        assertEquals(Optional.empty(), PlaceClash.find(BAYS, Map.of(2, new PlaceDevice("/dev/a", 1))));
    }
}
