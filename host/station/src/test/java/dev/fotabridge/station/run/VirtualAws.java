package dev.fotabridge.station.run;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayInput;
import dev.fotabridge.station.ledger.CloudAnswer;
import dev.fotabridge.station.ledger.UntoldEnd;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** AWS's ledger of executions, the way to it, and the outbox on disk. */
final class VirtualAws implements CloudPort {
    private static final long SECOND = 1_000_000_000L;
    private static final Set<String> OVER = Set.of("SUCCEEDED", "FAILED", "REJECTED", "CANCELED");

    private final StationWorld world;
    /** What AWS says of each execution, by {@link Job#key}. */
    final Map<String, String> executions = new LinkedHashMap<>();
    /** The outbox: on disk. */
    final Map<Long, UntoldEnd> outbox = new TreeMap<>();
    /** Starts that were taken for an execution: the next one has another key. */
    final Map<String, Integer> starts = new HashMap<>();

    boolean away;
    /** Thrown by each write of the outbox, while its disk is full. */
    FotaException failure;

    VirtualAws(StationWorld world) {
        this.world = world;
    }

    static boolean isOver(String status) {
        return OVER.contains(status);
    }

    void create(String thing) {
        executions.put(new Job(thing, "job-" + (executions.size() + 1), "1").key(), "QUEUED");
    }

    /** A job that is made anew under its name is another execution. */
    void cancel(String key) {
        if (!isOver(executions.get(key))) {
            executions.put(key, "CANCELED");
            world.everyBay((bay, station) ->
                    station.happens(bay, new BayInput.JobEnded(key, Reason.JOB_CANCELED), world.now()));
        }
    }

    /** The execution that AWS offers to a thing, unless its end is on its way. */
    Optional<Job> offer(String thing) {
        if (away) {
            return Optional.empty();
        }
        return executions.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(thing + "/") && !isOver(entry.getValue()))
                .map(entry -> entry.getKey().split("/"))
                .map(parts -> new Job(parts[0], parts[1], parts[2]))
                .filter(job -> outbox.values().stream().noneMatch(end -> key(end).equals(job.key())))
                .findFirst();
    }

    private static String key(UntoldEnd end) {
        return new Job(end.thing(), end.jobId(), end.execution()).key();
    }

    @Override
    public void take(String run, Job job) {
        world.point("take");
        int bay = world.bayOf(run);
        if (world.planted == Planted.BOARD_BEFORE_TAKE) {
            world.inStation(0, station -> station.taken(bay, run, world.now()));
            world.in(2 * SECOND, () -> setInProgress(job.key()));
        } else {
            world.inStation(SECOND / 5, station -> taken(station, bay, run, job));
        }
    }

    private void taken(Station station, int bay, String run, Job job) {
        if (away) {
            world.inStation(5 * SECOND, again -> taken(again, bay, run, job));
        } else if (isOver(executions.get(job.key()))) {
            station.happens(bay, new BayInput.JobEnded(job.key(), Reason.JOB_CANCELED), world.now());
        } else {
            setInProgress(job.key());
            world.point("in progress");
            station.taken(bay, run, world.now());
        }
    }

    void setInProgress(String key) {
        executions.computeIfPresent(key, (job, status) -> isOver(status) ? status : "IN_PROGRESS");
    }

    @Override
    public void keep(UntoldEnd end) throws FotaException {
        world.point("tell");
        if (world.planted == Planted.FORGET_BEFORE_TELL) {
            world.boards.journals.remove(end.run());
            world.point("swapped");
        }
        if (failure != null) {
            throw failure;
        }
        outbox.put(end.attempt(), end);
        world.point("told");
        world.inStation(SECOND / 5, station -> send(station, end));
    }

    private void send(Station station, UntoldEnd end) {
        if (away) {
            world.inStation(5 * SECOND, again -> send(again, end));
            return;
        }
        if (!outbox.containsKey(end.attempt())) {
            return;
        }
        CloudAnswer answer = take(end);
        world.point("at AWS");
        world.inStation(SECOND / 5, again -> {
            if (world.planted == Planted.DISCARD_BEFORE_ANSWER) {
                outbox.remove(end.attempt());
                world.point("swapped");
            }
            again.answered(end.attempt(), answer);
        });
    }

    /** What AWS makes of an end, whoever sends it. */
    CloudAnswer take(UntoldEnd end) {
        String status = executions.get(key(end));
        if (!isOver(status)) {
            executions.put(key(end), end.intended());
        }
        String now = executions.get(key(end));
        return now.equals(end.intended())
                ? new CloudAnswer(now, "", "")
                : new CloudAnswer(now, Reason.JOB_CANCELED.name(), "The job was cancelled before it was told.");
    }

    @Override
    public void discard(long attempt) throws FotaException {
        world.point("discard");
        if (failure != null) {
            throw failure;
        }
        UntoldEnd end = outbox.remove(attempt);
        world.point("discarded");
        if (world.planted == Planted.ANSWER_BEFORE_FORGET && end != null) {
            world.boards.journals.remove(end.run());
        }
    }

    @Override
    public Set<Long> kept() {
        return Set.copyOf(outbox.keySet());
    }
}
