package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The ledger's tables, and the versions they had. Tested by LedgerFileIT. */
final class LedgerSchema {
    /** Where the migrations lie. */
    static final String LOCATION = "classpath:dev/fotabridge/station/ledger";

    private final Flyway flyway;

    LedgerSchema(DataSource source, String... locations) {
        flyway = Flyway.configure(LedgerSchema.class.getClassLoader())
                .dataSource(source)
                .locations(locations)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .load();
    }

    /** {@return whether the tables are those of an older program, or missing} */
    boolean isOld() {
        return flyway.info().pending().length > 0;
    }

    /**
     * Refuses what a newer program wrote.
     *
     * @throws FotaException CONFIGURATION
     */
    void requireKnown(String place) throws FotaException {
        MigrationInfo current = flyway.info().current();
        MigrationVersion known = newest();
        if (current != null && current.getVersion().isNewerThan(known)) {
            throw new FotaException(
                    Reason.CONFIGURATION,
                    place + " is of a newer fota-bridge: its tables have version " + current.getVersion()
                            + ", and this one knows " + known + ". Run that version or a later one.");
        }
    }

    /** Brings the tables to this program's version, each step in a transaction. */
    void migrate() {
        flyway.migrate();
    }

    private MigrationVersion newest() {
        MigrationVersion newest = MigrationVersion.EMPTY;
        for (MigrationInfo info : flyway.info().all()) {
            if (info.getState().isResolved() && info.getVersion().isNewerThan(newest)) {
                newest = info.getVersion();
            }
        }
        return newest;
    }
}
