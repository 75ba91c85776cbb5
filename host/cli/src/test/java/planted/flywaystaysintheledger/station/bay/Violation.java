package planted.flywaystaysintheledger.station.bay;

import org.flywaydb.core.Flyway;

final class Violation {
    Flyway flyway;
}
