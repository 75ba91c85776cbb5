package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.ledger.CloudAnswer;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.ledger.UntoldEnd;
import dev.fotabridge.station.run.CloudPort;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS mode as the runs of a station use it. The ledger writes an execution as {@code NUMBER@SECONDS}: AWS's number of it, and when AWS
 * queued it, in seconds since 1970-01-01 UTC.
 * Tested by StationJobsIT.
 */
public final class StationCloudPort implements CloudPort {
    private static final Logger LOG = LoggerFactory.getLogger(StationCloudPort.class);

    /** Name of the source in a run's row. */
    private static final String SOURCE = "aws";

    private final StationCloud cloud;
    private final LongSupplier clock;

    /** @param clock monotonic, in nanoseconds */
    public StationCloudPort(StationCloud cloud, LongSupplier clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    /** {@return what a run for this job brings to its board, for the ledger} */
    public static NewRun.What what(StationJob job) {
        return new NewRun.What(
                SOURCE,
                job.fileSha256(),
                job.imageHash(),
                job.version(),
                job.thing(),
                job.execution().jobId(),
                text(job.execution()));
    }

    /** {@return an execution of a thing as runs name it} */
    public static Job job(String thing, ExecutionKey execution) {
        return new Job(thing, execution.jobId(), text(execution));
    }

    /** {@return AWS's answer, for the ledger} */
    public static CloudAnswer answer(CloudEnd end) {
        return new CloudAnswer(
                end.answered().orElse(""),
                end.problem().map(problem -> problem.reason().name()).orElse(""),
                end.problem().map(problem -> problem.message()).orElse(""));
    }

    private static String text(ExecutionKey execution) {
        return execution.executionNumber() + "@" + execution.queuedAt();
    }

    private static ExecutionKey key(String jobId, String execution) {
        int at = execution.indexOf('@');
        return new ExecutionKey(
                jobId, Long.parseLong(execution.substring(0, at)), Long.parseLong(execution.substring(at + 1)));
    }

    @Override
    public void take(String run, Job job) {
        cloud.take(run, job.thing(), key(job.jobId(), job.execution()));
    }

    @Override
    public void keep(UntoldEnd end) throws FotaException {
        ExecutionKey execution = key(end.jobId(), end.execution());
        AtAws intended = AtAws.valueOf(end.intended());
        cloud.keep(
                new KeptEnd(
                        end.attempt(),
                        end.run(),
                        end.thing(),
                        cloud.end(end.run(), end.thing(), execution, intended, end.reason(), end.message())),
                clock.getAsLong());
    }

    @Override
    public void discard(long attempt) throws FotaException {
        cloud.discard(attempt, clock.getAsLong());
    }

    /** What cannot be read now is left for the next start; the ledger has every end. */
    @Override
    public Set<Long> kept() {
        try {
            return cloud.kept();
        } catch (FotaException e) {
            LOG.warn("ends that AWS has answered may be left: {}", e.getMessage());
            return Set.of();
        }
    }
}
