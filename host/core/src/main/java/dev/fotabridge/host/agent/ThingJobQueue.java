package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobFacts;
import dev.fotabridge.host.api.JobOffer;
import dev.fotabridge.host.api.JobProgress;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.bay.SharedImages;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobDocument;
import dev.fotabridge.host.jobs.JobExecution;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.JobsAgent;
import dev.fotabridge.host.jobs.JobsAgentConfig;
import dev.fotabridge.host.jobs.JobsClient;
import dev.fotabridge.host.jobs.JobsEvent;
import dev.fotabridge.host.jobs.Outbox;
import dev.fotabridge.host.jobs.OutboxStore;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.jobs.ReportPacer;
import dev.fotabridge.host.jobs.StatusDetails;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.value.BoardName;
import dev.fotabridge.host.value.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * The job queue of one thing, whose owner decides when a job is taken. The owner calls {@link #step} at {@link #deadline} and whenever it is
 * woken, and takes events by {@link #poll}. The ends that wait for AWS's answer are kept by the owner, not here. For one thread at a time;
 * times are nanoseconds of one monotonic clock.
 */
public final class ThingJobQueue implements AutoCloseable {
    /**
     * What a queue needs of its program.
     *
     * @param software name and version, told to AWS
     * @param session names this run of the program
     * @param loop the owner's clock, wake-up and threads for downloads
     * @param state where images are kept
     * @param images bytes that are shared
     * @param objects where images are fetched
     * @param loaded makes an image as applications see it
     */
    public record Program(
            String software,
            String session,
            BayLoop loop,
            StateDirectory state,
            SharedImages images,
            RangeSource objects,
            Function<PreparedImage, UpdateImage> loaded) {}

    private final String thing;
    private final Program program;
    private final JobsClient client;
    private final Queue<JobQueueEvent> events = new ArrayDeque<>();
    /** Ends that AWS has not answered. */
    private final Map<ExecutionId, JobEnd> untold = new LinkedHashMap<>();

    private JobExecution offered;
    private boolean isTaking;
    private DownloadTask download;
    private boolean refreshAsked;
    private ReportPacer pacer = new ReportPacer();

    /**
     * Connects with the first step.
     *
     * @param left ends that AWS has not answered, the oldest first
     */
    public ThingJobQueue(
            String thing, List<JobEnd> left, Program program, JobsTransport transport, ReconnectPolicy reconnect) {
        this.thing = thing;
        this.program = program;
        left.forEach(end -> untold.put(id(end.execution()), end));
        JobsAgent agent = new JobsAgent(JobsAgentConfig.of(thing, program.session()), outbox());
        client = new JobsClient(agent, transport, reconnect, program.loop()::wake);
    }

    private Outbox outbox() {
        try {
            return new Outbox(
                    new OwnersStore(untold.values().stream().map(this::state).toList()));
        } catch (FotaException e) {
            throw new IllegalStateException("a store in memory has failed", e);
        }
    }

    /** Returns the name of the thing. */
    public String thing() {
        return thing;
    }

    /** Returns the next event; null if there is none. */
    public JobQueueEvent poll() {
        return events.poll();
    }

    /** Returns when the next step is useful, nanoseconds. */
    public long deadline() {
        return client.deadline();
    }

    /** Does what is due. */
    public void step(long now) {
        client.step(now);
        for (JobsEvent event = client.poll(); event != null; event = client.poll()) {
            handle(event);
        }
        if (isTaking && client.agent().isTaken(offered.id())) {
            isTaking = false;
            events.add(new JobQueueEvent.Taken(key(offered.id())));
        }
        stepDownload(now);
        client.step(now);
    }

    private void handle(JobsEvent event) {
        if (event instanceof JobsEvent.JobOffered next) {
            offer(next.execution());
        } else if (event instanceof JobsEvent.QueueEmpty) {
            events.add(new JobQueueEvent.NothingOffered());
        } else if (event instanceof JobsEvent.UpdateAccepted accepted) {
            if (accepted.status().isTerminal()) {
                answered(accepted.id(), CloudEnd::taken);
            }
        } else if (event instanceof JobsEvent.EndRefused refused) {
            RunEnd problem = new RunEnd(Reason.REPORT_REFUSED, refused.sentence());
            answered(refused.id(), waiting -> waiting.failed(Optional.empty(), problem));
        } else if (event instanceof JobsEvent.JobGone gone) {
            gone(gone);
        } else if (event instanceof JobsEvent.DocumentRefreshed refreshed) {
            refreshed(refreshed.execution());
        } else if (event instanceof JobsEvent.RequestRefused refused) {
            events.add(new JobQueueEvent.Log(refused.sentence()));
        } else if (event instanceof JobsEvent.Connected) {
            events.add(new JobQueueEvent.Connected());
        } else if (event instanceof JobsEvent.ConnectionLost lost) {
            events.add(new JobQueueEvent.Disconnected(
                    lost.cause().reason(), lost.cause().getMessage(), Duration.ofNanos(lost.retryInNanos())));
        }
    }

    private void offer(JobExecution execution) {
        forgetOffer();
        offered = execution;
        pacer = new ReportPacer();
        events.add(new JobQueueEvent.Offered(
                new JobOffer(key(execution.id()), execution.status() == JobStatus.IN_PROGRESS, facts(execution))));
    }

    private static Optional<JobFacts> facts(JobExecution execution) {
        try {
            JobDocument document = JobDocument.parse(execution.document());
            return Optional.of(new JobFacts(
                    document.operation(),
                    document.size(),
                    document.fwversion(),
                    document.targetBoard().filter(BoardName::isBoard),
                    document.modemUuid(),
                    document.sha256().map(Sha256::hex),
                    document.notes()));
        } catch (FotaException e) {
            return Optional.empty();
        }
    }

    private void answered(ExecutionId id, Function<CloudEnd, CloudEnd> answer) {
        JobEnd end = untold.remove(id);
        if (end != null) {
            events.add(new JobQueueEvent.Answered(end.execution(), answer.apply(CloudEnd.waiting(end.intended()))));
        }
        if (isOffered(id)) {
            forgetOffer();
        }
    }

    /** With an end on its way, this is AWS's answer to it. */
    private void gone(JobsEvent.JobGone gone) {
        boolean isAnswer = untold.containsKey(gone.id());
        RunEnd why = new RunEnd(gone.reason(), gone.sentence());
        answered(gone.id(), waiting -> waiting.failed(EndReport.stateAtAws(gone.reason()), why));
        if (!isAnswer) {
            events.add(new JobQueueEvent.Gone(key(gone.id()), gone.reason(), gone.sentence()));
        }
    }

    private void forgetOffer() {
        if (download != null) {
            download.cancel();
        }
        offered = null;
        download = null;
        isTaking = false;
    }

    private boolean isOffered(ExecutionId id) {
        return offered != null && offered.id().equals(id);
    }

    // Commands.

    /** Fetches the image of the offered execution. */
    public void fetch(ExecutionKey execution, UpdateOptions options) {
        if (!isOffered(id(execution))) {
            notFetched(execution, Reason.NO_JOB, "The execution " + id(execution) + " is not offered.");
        } else if (download == null) {
            try {
                JobDocument document = JobDocument.parse(offered.document());
                ImageCache cache = new ImageCache(program.state().cache(), Clock.systemUTC());
                download = new DownloadTask(program.loop(), program.images());
                refreshAsked = false;
                download.start(document.download(), cache, program.objects(), options);
            } catch (FotaException e) {
                notFetched(execution, e.reason(), e.getMessage());
            }
        }
    }

    private void notFetched(ExecutionKey execution, Reason reason, String message) {
        events.add(new JobQueueEvent.NotFetched(execution, reason, message));
    }

    private void stepDownload(long now) {
        if (download == null) {
            return;
        }
        for (String note = download.pollNote(); note != null; note = download.pollNote()) {
            events.add(new JobQueueEvent.Log(note));
        }
        if (download.wantsFreshUrl() && !refreshAsked) {
            refreshAsked = true;
            client.agent().refreshDocument(now);
        }
        if (download.isDone()) {
            DownloadTask done = download;
            download = null;
            try {
                UpdateImage image = program.loaded().apply(done.result());
                events.add(new JobQueueEvent.Fetched(key(offered.id()), image));
            } catch (FotaException e) {
                notFetched(key(offered.id()), e.reason(), e.getMessage());
            }
        }
    }

    private void refreshed(JobExecution execution) {
        refreshAsked = false;
        if (isOffered(execution.id())) {
            offered = execution;
        }
        if (download != null) {
            try {
                download.offerUrl(JobDocument.parse(execution.document()).url());
            } catch (FotaException e) {
                events.add(new JobQueueEvent.Log(e.getMessage()));
            }
        }
    }

    /** Sets the offered execution IN_PROGRESS. */
    public void take(ExecutionKey execution, JobProgress progress, long now) {
        if (isOffered(id(execution))) {
            isTaking = true;
            pacer = new ReportPacer();
            report(execution, progress, now);
        }
    }

    /** Tells how far the work is, if that is worth an update. */
    public void report(ExecutionKey execution, JobProgress progress, long now) {
        // A new attempt is told at once, as a new phase is.
        String phase = progress.phase().name();
        if (isOffered(id(execution)) && pacer.isDue(phase + progress.attempt(), progress.percent(), now)) {
            JobDetails.Versions versions = new JobDetails.Versions(
                    program.software(), progress.from(), progress.to(), "", progress.imageHash());
            StatusDetails details = JobDetails.underWay(versions, phase, progress.percent(), progress.bytesPerSecond())
                    .attempt(progress.attempt())
                    .build();
            client.agent().report(offered.id(), details, now);
        }
    }

    /** Tells an end until AWS answers. */
    public void finish(JobEnd end, long now) {
        ExecutionId id = id(end.execution());
        if (untold.putIfAbsent(id, end) == null) {
            isTaking &= !isOffered(id);
            try {
                client.agent().tell(state(end), now);
            } catch (FotaException e) {
                throw new IllegalStateException("a store in memory has failed", e);
            }
        }
    }

    private FinalState state(JobEnd end) {
        String percent = end.intended() == AtAws.SUCCEEDED ? "100" : "";
        JobDetails.Versions versions =
                new JobDetails.Versions(program.software(), end.from(), end.to(), "", end.imageHash());
        StatusDetails details = JobDetails.last(versions, "", percent, end.reason(), end.message(), end.seconds());
        JobStatus status = JobStatus.atEnd(end.intended()).orElseThrow();
        return new FinalState(id(end.execution()), status, details, 0);
    }

    private static ExecutionId id(ExecutionKey key) {
        return new ExecutionId(key.jobId(), key.executionNumber(), key.queuedAt());
    }

    private static ExecutionKey key(ExecutionId id) {
        return new ExecutionKey(id.jobId(), id.executionNumber(), id.queuedAt());
    }

    /** Leaves the connection. */
    @Override
    public void close() {
        forgetOffer();
        client.close();
    }

    /** The owner keeps the ends, so there is nothing to write. */
    private static final class OwnersStore implements OutboxStore {
        private final List<FinalState> left;

        OwnersStore(List<FinalState> left) {
            this.left = left;
        }

        @Override
        public List<FinalState> load() {
            return left;
        }

        @Override
        public void save(FinalState state) {}

        @Override
        public void remove(ExecutionId id) {}
    }
}
