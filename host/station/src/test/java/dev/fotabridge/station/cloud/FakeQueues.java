package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobProgress;
import dev.fotabridge.host.api.JobQueue;
import dev.fotabridge.host.api.UpdateOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Queues that write down what is asked of them. */
final class FakeQueues implements StationCloud.Joining {
    final List<String> asked = new ArrayList<>();
    final Set<String> joined = new TreeSet<>();
    FotaException refusal;
    boolean full;

    @Override
    public JobQueue join(String thing, List<JobEnd> untold) throws FotaException {
        if (refusal != null) {
            throw refusal;
        } else if (full) {
            throw new IllegalStateException("There is no place.");
        }
        joined.add(thing);
        untold.forEach(end -> asked.add("tell " + thing + " " + end.execution().jobId() + " " + end.intended()));
        return new Place(thing);
    }

    /** What was asked since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    private final class Place implements JobQueue {
        private final String thing;

        Place(String thing) {
            this.thing = thing;
        }

        @Override
        public String thing() {
            return thing;
        }

        @Override
        public void fetch(ExecutionKey execution, UpdateOptions options) {
            asked.add("fetch " + thing + " " + execution.jobId());
        }

        @Override
        public void take(ExecutionKey execution, JobProgress progress) {
            asked.add("take " + thing + " " + execution.jobId());
        }

        @Override
        public void report(ExecutionKey execution, JobProgress progress) {
            asked.add("report " + thing + " " + progress.attempt() + " " + progress.phase() + " " + progress.percent());
        }

        @Override
        public void finish(JobEnd end) {
            asked.add("tell " + thing + " " + end.execution().jobId() + " " + end.intended());
        }

        @Override
        public void close() {
            joined.remove(thing);
        }
    }
}
