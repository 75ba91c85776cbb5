package dev.fotabridge.station.live;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.cloud.BayJob;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.run.BoardsPort;
import dev.fotabridge.station.run.CloudPort;
import dev.fotabridge.station.run.Station;
import java.util.Optional;

/** Where the images come from: a release on disk, or jobs of AWS. Called under the station's lock, unless it says otherwise. */
interface Source extends AutoCloseable {
    /** AWS, as runs see it. */
    CloudPort port();

    /** What a start by itself brings to a board; empty if jobs alone say so. */
    Optional<NewRun.What> what();

    /** What a start at a bay brings now; empty if there is no job for its board. Any thread. */
    Optional<NewRun.What> what(int bay);

    /** @throws FotaException why the image of a run cannot be had */
    Firmware firmware(BoardsPort.Order order) throws FotaException;

    /** What it is, for people. Any thread. */
    String words();

    /** Returns a sentence if another release, or none, is on disk than the approved one. Any thread. */
    default Optional<String> change() {
        return Optional.empty();
    }

    /**
     * Approves what is on disk now. Any thread.
     *
     * @throws FotaException why that cannot be
     */
    String reload(Ledger ledger, String who) throws FotaException;

    /** Something has happened: carries on what AWS has told, and tells it which boards are there. */
    default void turn(Station station, long now) {}

    /** Something happens on the board of a run. */
    default void progress(String run, int attempt, BayEvent event) {}

    /** The end of a run is stored. */
    default void over(String run) {}

    /** What is to be said of a bay's job. */
    default BayJob job(int bay) {
        return new BayJob("", Optional.empty(), "");
    }

    @Override
    void close();
}
