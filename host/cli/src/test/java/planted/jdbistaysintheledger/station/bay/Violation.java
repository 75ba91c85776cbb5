package planted.jdbistaysintheledger.station.bay;

import org.jdbi.v3.core.Handle;

final class Violation {
    Handle handle;
}
