package dev.fotabridge.station.records;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.control.RecordCorrection;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.Correction;
import java.time.Instant;
import java.util.List;

/** What may be corrected: what people type or scan, with a reason and a name. What was measured is not corrected. */
public final class CorrectionRule {
    /** A field of a record, by the ledger's name and by that of the API. */
    private static final String WORK_ORDER_COLUMN = "work_order";

    private static final String WORK_ORDER = "workOrder";

    private CorrectionRule() {}

    /** {@return the fields that can be corrected, by their names in a record} */
    public static List<String> fields() {
        return Correction.FIELDS.stream().map(CorrectionRule::field).toList();
    }

    /** {@return the name of a column in a record} */
    static String field(String column) {
        return column.equals(WORK_ORDER_COLUMN) ? WORK_ORDER : column;
    }

    /**
     * Checks a correction.
     *
     * @param record the record that it is of
     * @param asked what is wrong, and why
     * @param at wall clock
     * @return the correction for the ledger
     * @throws FotaException USAGE with a sentence
     */
    public static Correction of(StationRecord record, RecordCorrection asked, Instant at) throws FotaException {
        if (!fields().contains(asked.field())) {
            throw refused("The field '" + asked.field() + "' cannot be corrected; these can: "
                    + String.join(", ", fields()) + ".");
        }
        requireLength("value", asked.value(), 0, RecordCorrection.LONGEST_VALUE);
        requireLength("why", asked.why(), 1, RecordCorrection.LONGEST_WHY);
        requireLength("who", asked.who(), 1, RecordCorrection.LONGEST_WHO);
        String column = asked.field().equals(WORK_ORDER) ? WORK_ORDER_COLUMN : asked.field();
        return new Correction(record.runId(), column, asked.value(), asked.why(), asked.who(), at);
    }

    private static void requireLength(String name, String text, int least, int most) throws FotaException {
        if (text.strip().length() < least) {
            throw refused("The correction does not say " + name + ".");
        } else if (text.length() > most) {
            throw refused("'" + name + "' has " + text.length() + " characters; it takes " + most + " at most.");
        }
    }

    private static FotaException refused(String why) {
        return new FotaException(Reason.USAGE, why);
    }
}
