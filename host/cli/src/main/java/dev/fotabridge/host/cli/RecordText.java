package dev.fotabridge.host.cli;

import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.records.RecordChange;
import dev.fotabridge.station.records.StationAction;
import dev.fotabridge.station.text.RecordFields;
import dev.fotabridge.station.text.RecordJson;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All of a record for people: a line for each field that is known, then the corrections. Tested by RecordsTableTest. */
final class RecordText {
    private RecordText() {}

    static List<String> lines(StationRecord record, List<RecordChange> corrections, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        RecordFields.of(record).forEach((name, value) -> {
            if (value != null && !value.equals(Map.of())) {
                lines.add(line(name, text(value, zone)));
            }
        });
        if (!corrections.isEmpty()) {
            lines.add("");
            lines.add("Corrections:");
        }
        for (RecordChange change : corrections) {
            String value = change.value().isEmpty() ? "(empty)" : change.value();
            lines.add(line(
                    change.field(),
                    value + "  (" + change.why() + "; " + change.who() + ", " + text(change.at(), zone) + ")"));
        }
        return lines;
    }

    /** An action as a line. */
    static String line(StationAction action, ZoneId zone) {
        String what = switch (action.action()) {
            case "CORRECTED" ->
                action.field() + " of run " + action.runId() + " is "
                        + (action.detail().isEmpty() ? "(empty)" : action.detail()) + "  (" + action.why() + ")";
            case "RELEASE" -> "approved: SHA-256 " + action.detail();
            default -> action.bay().map(bay -> "bay " + bay).orElse("");
        };
        String time = RecordsTable.TIME.format(action.at().atZone(zone));
        return String.format(Locale.ROOT, "%s  %-10s  %-9s  %s", time, action.who(), action.action(), what)
                .strip();
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-18s %s", name, value);
    }

    private static String text(Object value, ZoneId zone) {
        if (value instanceof Instant time) {
            return time.atZone(zone)
                    .truncatedTo(ChronoUnit.MILLIS)
                    .toOffsetDateTime()
                    .toString();
        }
        return value instanceof Map<?, ?> ? RecordJson.of(value) : String.valueOf(value);
    }
}
