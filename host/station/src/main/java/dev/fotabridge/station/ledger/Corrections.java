package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import org.jdbi.v3.core.Handle;

/** The rule of corrections: which fields may have one, and that its run is there. Tested by LedgerTest. */
final class Corrections {
    private Corrections() {}

    /** @throws FotaException USAGE if there is no such run or the field is none that can be corrected */
    static void add(LedgerAccess access, Correction correction) throws FotaException {
        if (!Correction.FIELDS.contains(correction.field())) {
            throw new FotaException(
                    Reason.USAGE,
                    "The field '" + correction.field() + "' cannot be corrected; these can: "
                            + String.join(", ", Correction.FIELDS) + ".");
        }
        boolean added = access.write((Handle handle) -> LedgerRows.addCorrection(handle, correction));
        if (!added) {
            throw new FotaException(Reason.USAGE, "There is no run " + correction.run() + ".");
        }
    }
}
