package planted.stationisseenbythecommandlineonly.host.update;

import planted.stationisseenbythecommandlineonly.station.bay.Place;

final class Violation {
    Place place;
}
