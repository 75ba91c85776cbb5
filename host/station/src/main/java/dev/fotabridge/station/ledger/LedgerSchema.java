package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Handle;

/** The ledger's tables, and the versions they had. Tested by LedgerFileIT. */
final class LedgerSchema {
    /** Where the migrations lie. */
    static final String LOCATION = "classpath:dev/fotabridge/station/ledger";

    /** Version of the newest migration, for those who read without Flyway. */
    static final int VERSION = 1;

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
            throw newer(place, current.getVersion(), known);
        }
    }

    /** {@return the version of the tables, from Flyway's own table} */
    static int version(Handle handle) {
        return handle.createQuery(
                        "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history WHERE success")
                .mapTo(Integer.class)
                .one();
    }

    /**
     * Refuses what a newer program wrote.
     *
     * @throws FotaException CONFIGURATION
     */
    static void requireKnown(String place, int version) throws FotaException {
        if (version > VERSION) {
            throw newer(place, version, VERSION);
        }
    }

    /**
     * Refuses what another program than this one wrote.
     *
     * @throws FotaException CONFIGURATION
     */
    static void requireCurrent(String place, int version) throws FotaException {
        requireKnown(place, version);
        if (version < VERSION) {
            throw new FotaException(
                    Reason.CONFIGURATION,
                    place + " is of an older fota-bridge: its tables have version " + version + ", and this one writes "
                            + VERSION + ". The next 'station run' brings it to that version.");
        }
    }

    private static FotaException newer(String place, Object version, Object known) {
        return new FotaException(
                Reason.CONFIGURATION,
                place + " is of a newer fota-bridge: its tables have version " + version + ", and this one knows "
                        + known + ". Run that version or a later one.");
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
