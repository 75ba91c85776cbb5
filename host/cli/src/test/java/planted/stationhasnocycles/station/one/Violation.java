package planted.stationhasnocycles.station.one;

import planted.stationhasnocycles.station.two.Other;

public final class Violation {
    Other other;
}
