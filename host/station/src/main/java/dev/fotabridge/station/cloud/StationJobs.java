package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayInput;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.run.Station;
import dev.fotabridge.station.run.Tile;
import java.util.List;

/**
 * AWS mode beside a station's bays: tells it which boards are there, hands on what AWS has said, and asks for the starts that are due. For
 * the station's thread.
 */
public final class StationJobs {
    private final StationCloud cloud;
    private final JobStarts starts;
    private final List<Integer> bays;

    /**
     * @param cloud the jobs
     * @param starts the starts that nobody presses
     * @param bays numbers of the station's bays
     */
    public StationJobs(StationCloud cloud, JobStarts starts, List<Integer> bays) {
        this.cloud = cloud;
        this.starts = starts;
        this.bays = List.copyOf(bays);
    }

    /** Something has happened, or time has passed; to be called behind everything that happens, and about once a second. */
    public void turn(Station station, long now) {
        bays.forEach(bay -> board(station.tile(bay), now));
        News news = new News(station, now);
        cloud.tick(now);
        cloud.tell(news);
        starts.ask(station, bays, now);
        cloud.tell(news);
    }

    /** The job of the board before it is not for one that is not known yet, nor for one that cannot be told from others. */
    private void board(Tile tile, long now) {
        if (tile.state() == BayState.EMPTY || tile.state() == BayState.IDENTIFYING) {
            cloud.left(tile.bay(), now);
        } else {
            cloud.board(tile.bay(), tile.identity(), now);
        }
    }

    /** Tells the station what AWS has said. */
    private record News(Station station, long now) implements CloudNews {
        @Override
        public void ready(int bay) {
            // The starts are asked for behind it.
        }

        @Override
        public void taken(int bay, String run) {
            station.taken(bay, run, now);
        }

        @Override
        public void jobEnded(int bay, String thing, ExecutionKey execution, Reason reason) {
            station.happens(
                    bay,
                    new BayInput.JobEnded(StationCloudPort.job(thing, execution).key(), reason),
                    now);
        }

        @Override
        public void answered(long attempt, CloudEnd answer) {
            station.answered(attempt, StationCloudPort.answer(answer));
        }
    }
}
