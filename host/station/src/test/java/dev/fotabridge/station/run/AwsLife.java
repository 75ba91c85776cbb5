package dev.fotabridge.station.run;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobQueue;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.station.cloud.CloudOutbox;
import dev.fotabridge.station.cloud.JobStarts;
import dev.fotabridge.station.cloud.StationCloud;
import dev.fotabridge.station.cloud.StationCloudPort;
import dev.fotabridge.station.cloud.StationJobs;
import dev.fotabridge.station.config.ThingName;
import dev.fotabridge.station.ledger.CloudAnswer;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.ledger.UntoldEnd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The shipped AWS mode in one life of the station's process, with the planted faults around what runs ask of it. */
final class AwsLife implements CloudPort {
    private static final long SECOND = 1_000_000_000L;
    private static final UpdateOptions OPTIONS =
            new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());

    private final StationWorld world;
    private final int number;
    private final Random random;
    private final StationCloud cloud;
    private final StationCloudPort port;
    private final StationJobs jobs;
    private final Map<String, VirtualQueue> joined = new HashMap<>();

    AwsLife(StationWorld world, int number, ThingName naming, StationSettings settings, Random random) {
        this.world = world;
        this.number = number;
        this.random = random;
        CloudOutbox outbox = new CloudOutbox(world.aws.files.root());
        cloud = new StationCloud(new StationCloud.Settings(naming, OPTIONS, outbox), this::join);
        port = new StationCloudPort(cloud, world::now);
        jobs = new StationJobs(
                cloud, new JobStarts(settings.mode(), cloud, () -> startKey(settings.bays())), settings.bays());
    }

    private String startKey(List<Integer> bays) {
        if (world.planted == Planted.TAKE_BEFORE_RECORD) {
            for (int bay : bays) {
                what(bay).ifPresent(wanted -> world.aws.tellAsDevice(wanted.thing(), wanted.jobId(), "IN_PROGRESS"));
            }
        }
        return world.newId();
    }

    int number() {
        return number;
    }

    String key(String thing, ExecutionKey execution) {
        return StationCloudPort.job(thing, execution).key();
    }

    /** Something that this life of the process does by itself. */
    void quietly(long nanos, Runnable action) {
        world.quietly(nanos, () -> {
            if (world.life() == this) {
                action.run();
            }
        });
    }

    private JobQueue join(String thing, List<JobEnd> untold) throws FotaException {
        if (world.aws.isBusy) {
            throw new FotaException(Reason.THING_BUSY, "Another process works for " + thing + ".");
        } else if (joined.containsKey(thing)) {
            throw new IllegalStateException(thing + " has joined already");
        }
        VirtualQueue queue = new VirtualQueue(world, this, thing, untold, random);
        joined.put(thing, queue);
        return queue;
    }

    void left(VirtualQueue queue) {
        joined.remove(queue.thing(), queue);
    }

    void event(String thing, JobQueueEvent event) {
        cloud.event(thing, event, world.now());
    }

    void turn(Station station) {
        jobs.turn(station, world.now());
    }

    /** What a start at a bay brings now. */
    Optional<NewRun.What> what(int bay) {
        return cloud.at(bay).job().map(StationCloudPort::what);
    }

    /** The image that the station gives to its board. */
    String image(String run) throws FotaException {
        cloud.options(run);
        if (world.planted == Planted.BOARD_BEFORE_TAKE) {
            return VirtualAws.Content.IMAGE.hash;
        }
        return cloud.image(run).imageHash().orElseThrow();
    }

    void progress(BoardsPort.Order order, BayEvent event) {
        cloud.progress(order.run(), order.attempt(), event);
    }

    void over(String run) {
        cloud.over(run);
    }

    /** As if its board had taken its ends along. */
    void forgetEnds(int bay) throws FotaException {
        for (long attempt : cloud.untold().stream().map(kept -> kept.attempt()).toList()) {
            if (world.bayOfAttempt(attempt) == bay) {
                cloud.discard(attempt, world.now());
            }
        }
    }

    // What runs ask of it.

    @Override
    public void take(String run, Job job) {
        world.point("take");
        int bay = world.bayOf(run);
        if (world.planted == Planted.BOARD_BEFORE_TAKE) {
            world.inStation(0, station -> station.taken(bay, run, world.now()));
            world.inStation(2 * SECOND, station -> port.take(run, job));
        } else {
            port.take(run, job);
        }
    }

    @Override
    public void keep(UntoldEnd end) throws FotaException {
        world.point("tell");
        if (world.planted == Planted.FORGET_BEFORE_TELL) {
            world.boards.journals.remove(end.run());
            world.point("swapped");
        }
        port.keep(end);
        world.point("told");
        if (world.planted == Planted.TOLD_FOR_THE_NEXT) {
            world.quietly(SECOND, () -> world.aws.tellTheNext(end));
        } else if (world.planted == Planted.ANSWER_INVENTED) {
            world.inStation(
                    SECOND / 100, station -> station.answered(end.attempt(), new CloudAnswer(end.intended(), "", "")));
        }
    }

    @Override
    public void discard(long attempt) throws FotaException {
        world.point("discard");
        port.discard(attempt);
        world.point("discarded");
        if (world.planted == Planted.ANSWER_BEFORE_FORGET) {
            world.boards.journals.remove(world.runOfAttempt(attempt));
        } else if (world.planted == Planted.AGAIN_AFTER_SUCCEEDED) {
            world.startAgain(attempt);
        }
    }

    @Override
    public Set<Long> kept() {
        return port.kept();
    }
}
