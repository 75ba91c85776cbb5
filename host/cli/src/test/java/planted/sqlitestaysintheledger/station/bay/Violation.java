package planted.sqlitestaysintheledger.station.bay;

import org.sqlite.SQLiteConfig;

final class Violation {
    SQLiteConfig sQLiteConfig;
}
