package dev.fotabridge.host.update;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is told of the way: phases once each time they are entered, percentages once each, rates when they are due.
 * Tested by UpdateFlowTest.
 */
final class TransferProgress {
    private final ProgressMeter meter = new ProgressMeter();
    private Phase phase;
    private boolean measuring;

    Optional<BayEvent> phase(Phase next) {
        if (next == phase) {
            return Optional.empty();
        }
        phase = next;
        return Optional.of(new BayEvent.PhaseEntered(next));
    }

    /** A pass begins; its first position is where the rate starts to count. */
    void begin(long now) {
        measuring = false;
        meter.start(0, now);
    }

    List<BayEvent> events(long bytes, long totalBytes, long now) {
        if (!measuring) {
            measuring = true;
            meter.start(bytes, now);
        }
        List<BayEvent> events = new ArrayList<>();
        int percent = meter.newPercent(bytes, totalBytes);
        if (percent >= 0) {
            events.add(new BayEvent.Fota(FotaEvent.DL_PROGRESS, percent));
        }
        if (meter.isDue(bytes, totalBytes, now)) {
            events.add(meter.transfer(bytes, totalBytes, now));
        }
        return events;
    }

    /** The image has proved to be whole. */
    List<BayEvent> complete() {
        return List.of(new BayEvent.Fota(FotaEvent.DL_PROGRESS, 100));
    }
}
