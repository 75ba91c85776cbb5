package planted.stationisseenbythecommandlineonly.host.update;

import planted.stationisseenbythecommandlineonly.host.station.Station;

final class Violation {
    Station station;
}
