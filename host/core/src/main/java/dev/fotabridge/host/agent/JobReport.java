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
import java.util.Optional;

/** What AWS is told of one job while it runs and at its end. Not thread-safe. */
final class JobReport {
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
        StatusDetails.Builder details = JobDetails.underWay(versions(), phase.name(), percent, rate);
        journal.ifPresent(j -> details.attempt(j.attempt()).put("bootId", j.bootId()));
        return details.build();
    }

    /** Of a job that is over. */
    StatusDetails last(Reason reason, String message, double seconds) {
        int shown = reason.atAws() == AtAws.SUCCEEDED ? 100 : percent;
        return JobDetails.last(versions(), phase.name(), Integer.toString(shown), reason, message, seconds);
    }

    private JobDetails.Versions versions() {
        return new JobDetails.Versions(tool, record.from(), record.to(), record.modemResult(), record.imageHash());
    }
}
