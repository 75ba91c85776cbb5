package dev.fotabridge.host.jobs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.jobs.JobsException;
import dev.fotabridge.fixtures.jobs.JobsMessage;
import dev.fotabridge.fixtures.jobs.JobsOptions;
import dev.fotabridge.fixtures.jobs.JobsService;
import dev.fotabridge.fixtures.jobs.JobsState;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.fixtures.jobs.RejectCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * AWS and the board of one run: the Jobs service, what its creator does to the jobs, and which image the board has come
 * to run. It checks every final state at the moment AWS takes it.
 */
final class JobLifeWorld {
    static final String THING = "dk-1";
    private static final long START = 1_700_000_000;

    final JobsService service = new JobsService(JobsState.EMPTY, (url, seconds, now) -> url);
    /** What the application said of each execution, once it did. */
    final Map<ExecutionId, JobStatus> said = new HashMap<>();
    /** Executions whose image the board has been seen to run, confirmed. */
    final Set<ExecutionId> proved = new HashSet<>();

    private final Random random;
    private int made;

    JobLifeWorld(Random random) {
        this.random = random;
        boolean bumps = random.nextBoolean();
        JobsOptions.EmptyQueueForm form = random.nextBoolean()
                ? JobsOptions.EmptyQueueForm.NO_EXECUTION
                : JobsOptions.EmptyQueueForm.EMPTY_EXECUTION;
        service.options(new JobsOptions(form, true, bumps, 0));
    }

    static long seconds(long nanos) {
        return START + nanos / AgentRig.SECOND;
    }

    /** A device's request, with the check of what it changed. */
    List<JobsMessage> handle(JobsEffect.Publish request, long now) {
        Map<ExecutionId, ExecutionStatus> before = statuses();
        List<JobsMessage> effects = service.handle(request.topic(), request.payload(), seconds(now));
        statuses().forEach((id, status) -> {
            if (status != before.get(id)
                    && Set.of("SUCCEEDED", "FAILED", "REJECTED").contains(status.name())) {
                require(
                        status.name().equals(String.valueOf(said.get(id))),
                        "AWS took " + status + " for " + id + " queued at " + id.queuedAt() + ", of which was said "
                                + said.get(id));
                require(status != ExecutionStatus.SUCCEEDED || proved.contains(id), id + " SUCCEEDED without proof");
            }
        });
        return effects;
    }

    JobsMessage refuse(JobsEffect.Publish request, long now) {
        RejectCode code = random.nextBoolean() ? RejectCode.REQUEST_THROTTLED : RejectCode.INTERNAL_ERROR;
        return service.refuse(request.topic(), request.payload(), code, seconds(now));
    }

    /** The creator makes, cancels, removes, deletes, or makes anew under the old name. */
    List<JobsMessage> meddle(long now) {
        try {
            String job = "job-" + (1 + random.nextInt(Math.max(1, made)));
            switch (made == 0 ? 0 : random.nextInt(8)) {
                case 0, 1:
                    made++;
                    return create("job-" + made, now);
                case 2:
                    return service.cancel(THING, job, true, seconds(now));
                case 3:
                    return service.cancel(THING, job, false, seconds(now));
                case 4:
                    return service.remove(THING, job, seconds(now));
                case 5:
                    return service.delete(THING, job, true, seconds(now));
                default:
                    List<JobsMessage> effects = new ArrayList<>(service.delete(THING, job, true, seconds(now)));
                    effects.addAll(create(job, now));
                    return effects;
            }
        } catch (JobsException refused) {
            return List.of();
        }
    }

    private List<JobsMessage> create(String id, long now) throws JobsException {
        return service.create(
                NewJob.of(id, THING, JsonNodeFactory.instance.objectNode())
                        .withRetries(random.nextInt(2), random.nextInt(2)),
                seconds(now));
    }

    private Map<ExecutionId, ExecutionStatus> statuses() {
        Map<ExecutionId, ExecutionStatus> statuses = new HashMap<>();
        for (Execution execution : service.list(THING)) {
            statuses.put(
                    new ExecutionId(execution.jobId(), execution.executionNumber(), execution.queuedAt()),
                    execution.status());
        }
        return statuses;
    }

    /** Whether every execution has its end. */
    boolean isSettled() {
        return statuses().values().stream().allMatch(ExecutionStatus::isTerminal);
    }

    /** What was said stands, unless AWS had ended the execution by itself. */
    void requireTruth() {
        statuses().forEach((id, status) -> {
            JobStatus last = said.get(id);
            boolean byAws = Set.of("CANCELED", "TIMED_OUT", "REMOVED").contains(status.name());
            require(last == null || byAws || last.name().equals(status.name()), id + " " + last + ", AWS " + status);
        });
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
