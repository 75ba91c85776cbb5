package planted.stationusestheapialone.station.bay;

import planted.stationusestheapialone.host.update.Flow;

final class Violation {
    Flow flow;
}
