package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.JobProgress;
import dev.fotabridge.host.api.Phase;
import java.util.Optional;

/** How far a run's attempt is, by the events of its bay. Tested by StationCloudTest. */
final class RunProgress {
    private final String version;
    private final String imageHash;
    private int attempt = 1;
    private Phase phase = Phase.CONNECT;
    private int percent;
    private long bytesPerSecond;

    RunProgress(String version, String imageHash) {
        this.version = version;
        this.imageHash = imageHash;
    }

    JobProgress now() {
        return new JobProgress(phase, percent, bytesPerSecond, attempt, "", version, imageHash);
    }

    /** Takes an event; returns what AWS may be told, empty if the event says nothing of it. */
    Optional<JobProgress> take(int ofAttempt, BayEvent event) {
        if (ofAttempt > attempt) {
            attempt = ofAttempt;
            percent = 0;
            bytesPerSecond = 0;
        }
        if (event instanceof BayEvent.PhaseEntered entered) {
            phase = entered.phase();
        } else if (event instanceof BayEvent.Transfer transfer) {
            bytesPerSecond = transfer.bytesPerSecond();
        } else if (event instanceof BayEvent.Fota fota && fota.event() == FotaEvent.DL_PROGRESS) {
            percent = fota.percent();
        } else {
            return Optional.empty();
        }
        return Optional.of(now());
    }
}
