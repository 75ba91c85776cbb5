package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.bay.RunRecord;
import dev.fotabridge.host.jobs.ReportPacer;
import dev.fotabridge.host.jobs.StatusDetails;
import dev.fotabridge.host.update.UpdateJournal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What AWS is told of one job while it runs and at its end. Not thread-safe. */
final class JobReport {
    /** All but the last name of an absolute path, but not of a URL's. */
    private static final Pattern PATH = Pattern.compile("(?<![^\\s(\"'=])(/|[A-Za-z]:\\\\)([^/\\\\\\s\"'()]*[/\\\\])*");

    private final ReportPacer pacer = new ReportPacer();
    private final String tool;
    private final RunRecord record;
    private Phase phase = Phase.DOWNLOAD;
    private int percent;
    private long rate;

    JobReport(String tool, RunRecord record) {
        this.tool = tool;
        this.record = record;
    }

    /** Takes an event; returns whether it is time for a report. */
    boolean take(BayEvent event, long now) {
        if (event instanceof BayEvent.PhaseEntered entered) {
            phase = entered.phase();
        } else if (event instanceof BayEvent.Transfer transfer) {
            rate = transfer.bytesPerSecond();
        } else if (event instanceof BayEvent.Fota fota && fota.event() == FotaEvent.DL_PROGRESS) {
            percent = fota.percent();
        } else {
            return false;
        }
        return pacer.isDue(phase.name(), percent, now);
    }

    /** Of a job that is under way. */
    StatusDetails details(Optional<UpdateJournal> journal) {
        StatusDetails.Builder details = versions().phase(phase.name()).progress(percent);
        if (rate > 0) {
            details.rate(rate);
        }
        journal.ifPresent(j -> details.attempt(j.attempt()).put("bootId", j.bootId()));
        return details.build();
    }

    /** Of a job that is over. */
    StatusDetails last(Reason reason, String message, double seconds) {
        return versions()
                .phase(phase.name())
                .progress(reason.atAws() == AtAws.SUCCEEDED ? 100 : percent)
                .reason(reason.name())
                .message(withoutPaths(message))
                .put("seconds", String.format(Locale.ROOT, "%.1f", seconds))
                .build();
    }

    /** Where files lie on this computer is nothing that AWS needs to know: of each path its last name is left. */
    static String withoutPaths(String sentence) {
        return PATH.matcher(sentence).replaceAll("");
    }

    private StatusDetails.Builder versions() {
        StatusDetails.Builder details = StatusDetails.builder().tool(tool);
        if (!record.from().isEmpty()) {
            details.from(record.from());
        }
        if (!record.to().isEmpty()) {
            details.to(record.to());
        }
        if (!record.modemResult().isEmpty()) {
            details.put("modemResult", record.modemResult());
        }
        return record.imageHash().isEmpty() ? details : details.imageHash(record.imageHash());
    }
}
