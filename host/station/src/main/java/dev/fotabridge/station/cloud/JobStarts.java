package dev.fotabridge.station.cloud;

import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.run.StartAsked;
import dev.fotabridge.station.run.Station;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Starts in AWS mode that nobody presses: with {@code start: job} whenever a job is there for the board, with {@code insert} and {@code scan}
 * once for a board that has come, since its job comes later than the board. For the station's thread.
 * Tested by StationJobsIT.
 */
public final class JobStarts {
    /**
     * A job is started again by itself after a minute, 60 s: one that the station refused, and one of which AWS was told nothing because
     * the cause was here.
     */
    private static final long AGAIN_NANOS = 60_000_000_000L;

    private final StartKind mode;
    private final StationCloud cloud;
    private final Supplier<String> ids;
    private final Map<StationJob, Long> notBefore = new HashMap<>();

    /**
     * @param mode what starts runs
     * @param cloud the jobs
     * @param ids makes keys of starts
     */
    public JobStarts(StartKind mode, StationCloud cloud, Supplier<String> ids) {
        this.mode = mode;
        this.cloud = cloud;
        this.ids = ids;
    }

    /** Asks for the starts that are due; to be called when a job is ready, and about once a second. */
    public void ask(Station station, List<Integer> bays, long now) {
        notBefore.values().removeIf(at -> at <= now);
        for (int bay : bays) {
            Optional<StationJob> job = cloud.at(bay).job();
            if (job.isPresent() && isFree(station.tile(bay).state()) && !notBefore.containsKey(job.get())) {
                notBefore.put(job.get(), now + AGAIN_NANOS);
                station.start(
                        new StartAsked(bay, mode, ids.get(), Optional.empty(), false, StationCloudPort.what(job.get())),
                        now);
            }
        }
    }

    /** A board that has had its run is ENDED until it leaves; only a job is for it again. */
    private boolean isFree(BayState state) {
        return switch (mode) {
            case JOB -> state == BayState.READY || state == BayState.ENDED;
            case INSERT, SCAN -> state == BayState.READY;
            case BUTTON -> false;
        };
    }
}
