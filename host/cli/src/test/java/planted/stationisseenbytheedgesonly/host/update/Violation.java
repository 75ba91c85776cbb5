package planted.stationisseenbytheedgesonly.host.update;

import planted.stationisseenbytheedgesonly.host.station.Station;

final class Violation {
    Station station;
}
