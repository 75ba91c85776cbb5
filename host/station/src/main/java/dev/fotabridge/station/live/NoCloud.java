package dev.fotabridge.station.live;

import dev.fotabridge.station.ledger.UntoldEnd;
import dev.fotabridge.station.run.CloudPort;
import java.util.Set;

/** A station with a release on disk tells AWS nothing. */
final class NoCloud implements CloudPort {
    @Override
    public void take(String run, Job job) {
        throw new IllegalStateException("there are no jobs");
    }

    @Override
    public void keep(UntoldEnd end) {}

    @Override
    public void discard(long attempt) {}

    @Override
    public Set<Long> kept() {
        return Set.of();
    }
}
