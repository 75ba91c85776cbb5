package planted.stationhasnocycles.station.two;

import planted.stationhasnocycles.station.one.Violation;

public final class Other {
    Violation back;
}
