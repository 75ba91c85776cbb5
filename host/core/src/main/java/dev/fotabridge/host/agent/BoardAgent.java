package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.ThingJobs.Until;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.JournalStore;
import dev.fotabridge.host.bay.OpenBay;
import dev.fotabridge.host.bay.TakeBack;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobExecution;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.JobsAgent;
import dev.fotabridge.host.jobs.JobsAgentConfig;
import dev.fotabridge.host.jobs.JobsClient;
import dev.fotabridge.host.jobs.JobsEvent;
import dev.fotabridge.host.jobs.Outbox;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.update.UpdateJournal;
import dev.fotabridge.protocol.time.Deadline;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs AWS FOTA for one board as a state machine: waits for jobs, carries them out one at a time, and reports the end
 * of each to AWS. Its owner calls {@link #step} at {@link #deadline} and whenever it is woken, and takes each job's
 * result by {@link #poll}. Not thread-safe: the bay's thread calls every method; the threads of cloud, port and
 * download only wake that thread.
 * Tested by SequenceSweepSimTest.
 */
final class BoardAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoardAgent.class);

    private final AgentTask task;
    private final JobContext context;
    private final JobsClient client;
    private final EarlierEnds earlierEnds;
    private final CloudPatience patience;
    private final IdleBoard idleBoard;
    private final TakeBack takeBack;

    private JobExecution offered;
    /** Whether the image of an earlier execution has been taken back; the offered execution begins only then. */
    private boolean cleared;

    private JobRun job;
    private EndReport report = new EndReport();
    private UpdateRecord result;

    /** Connects to the cloud with the first step. Reads what earlier runs left. */
    BoardAgent(AgentTask task, UpdateOptions options, BayContext program, OpenBay bay, Cloud cloud, EventSink sink)
            throws FotaException {
        this.task = task;
        JournalStore journals = new JournalStore(program.state().journal("thing " + task.thing()));
        Outbox outbox = new Outbox(
                new EndsWithJournal(new FileOutboxStore(program.state().outbox(task.thing())), journals));
        JobsAgent jobs = new JobsAgent(JobsAgentConfig.of(task.thing(), program.session()), outbox);
        ImageCache cache = new ImageCache(program.state().cache(), Clock.systemUTC());
        this.context = new JobContext(program, bay, options, jobs, cloud.objects(), cache, journals, sink);
        long now = program.loop().now();
        this.earlierEnds = new EarlierEnds(outbox.waiting(), journals.load(), now);
        this.patience = new CloudPatience(task, options.timeout(), now);
        this.idleBoard = new IdleBoard(bay.link(), sink);
        this.takeBack = new TakeBack(journals, bay.link(), options.linkTimeout(), sink::event);
        this.client = new JobsClient(jobs, cloud.jobs(), cloud.reconnect(), program.loop()::wake);
    }

    /** Returns the next result, of a job or of the wait for one; null if there is none. */
    UpdateRecord poll() {
        UpdateRecord next = result;
        result = null;
        return next;
    }

    /**
     * Returns whether the agent ends with this result. A failure of the cloud alone ends it only if the caller asked
     * for that.
     */
    boolean isLast(UpdateRecord of) {
        Outcome ended = of.reason().outcome();
        Outcome unit = of.unit().reason().outcome();
        return task.once()
                || ended == Outcome.INTERRUPTED
                || unit == Outcome.ERROR
                || task.until() == Until.REFUSED && ended == Outcome.ERROR;
    }

    /**
     * Does what is due.
     *
     * @throws FotaException if the agent must end, since no later job could succeed either
     */
    void step(long now) throws FotaException {
        try {
            stepUnguarded(now);
        } catch (RuntimeException | Error e) {
            // A bug or an Error of the JVM ends the job that met it; without a job it ends the agent.
            if (job == null || report.isOpen()) {
                throw e;
            }
            ExecutionId met = job.id();
            job.fail("Something unforeseen happened: " + e);
            finish(now);
            LOG.error("the job {} met a bug", met, e);
        }
    }

    /** Reports that the agent waits for a job. */
    void waitForJob() {
        context.sink().event(new BayEvent.PhaseEntered(Phase.WAIT));
    }

    /** Ends the job or the wait; the next start goes on. The result follows. */
    void interrupt(long now) {
        if (job == null) {
            takeBack.interrupt(now);
            result(UpdateRecord.early(Reason.INTERRUPTED, "Interrupted; no job was under way."));
        } else if (report.endedAtAws().isPresent()) {
            takeBack.interrupt(now);
            close(report.endedAtAws(), now);
        } else if (report.isOpen()) {
            closeUnreported(Reason.INTERRUPTED, "Interrupted before AWS has taken how the job ended.", now);
        } else {
            job.interrupt(now);
            close(Optional.empty(), now);
        }
    }

    private void stepUnguarded(long now) throws FotaException {
        client.step(now);
        handleEvents(now);
        if (job == null) {
            idle(now);
        } else if (!report.isOpen()) {
            job.step(now);
            if (job.verdict().isPresent()) {
                finish(now);
            }
        } else if (report.endedAtAws().isPresent()) {
            takeBackThenClose(now);
        } else if (report.isLate(now)) {
            Reason ended = job.verdict().orElseThrow().reason();
            closeUnreported(
                    Reason.CLOUD_UNREACHABLE, "The job ended " + ended + ", but AWS has not taken that yet.", now);
        }
        client.step(now);
    }

    /** Handles events until there is a result; later events, perhaps the next job, are for the next step. */
    private void handleEvents(long now) throws FotaException {
        while (result == null) {
            JobsEvent event = client.poll();
            if (event == null) {
                return;
            }
            handle(event, now);
        }
    }

    private void takeBackThenClose(long now) {
        takeBack.step(now);
        if (!takeBack.isRunning()) {
            close(report.endedAtAws(), now);
        }
    }

    private void idle(long now) throws FotaException {
        takeBack.step(now);
        if (takeBack.isRunning()) {
            return;
        }
        if (earlierEnds.concernTheBoard()) {
            patience.requireReported(task.once(), now);
        } else if (offered != null) {
            beginOnceCleared(now);
        } else {
            if (idleBoard.listen(now)) {
                takeBack.boardHeard(now);
            }
            if (task.once() && result == null) {
                patience.require(now);
            }
        }
    }

    private void beginOnceCleared(long now) throws FotaException {
        if (!cleared) {
            cleared = true;
            takeBack.begin(offered.id().journalName(), now);
        }
        if (!takeBack.isRunning()) {
            begin(now);
        }
    }

    private void begin(long now) {
        JobExecution execution = offered;
        offered = null;
        takeBack.giveWay();
        context.sink().event(new BayEvent.JobTaken(execution.id().jobId()));
        context.sink().event(new BayEvent.BoardSeen(context.bay().port()));
        report = new EndReport();
        job = new JobRun(context, execution, now);
    }

    /** Returns the time at which the next step is useful, nanoseconds. */
    long deadline() {
        long next = client.deadline();
        if (job != null) {
            long reporting = Math.min(report.deadline(), takeBack.deadline());
            return Math.min(next, report.isOpen() ? reporting : job.deadline());
        }
        long board = Math.min(takeBack.deadline(), context.bay().link().deadline());
        return Math.min(next, takeBack.isRunning() ? board : Math.min(board, idleBoard.retryNanos()));
    }

    private void handle(JobsEvent event, long now) throws FotaException {
        LOG.debug("{}", event);
        patience.saw(event);
        if (event instanceof JobsEvent.JobOffered next) {
            offered = next.execution();
            cleared = takeBack.isRunning();
        } else if (event instanceof JobsEvent.QueueEmpty && job == null) {
            queueEmpty(now);
        } else if (event instanceof JobsEvent.UpdateAccepted accepted) {
            accepted(accepted, now);
        } else if (event instanceof JobsEvent.EndRefused refused) {
            endRefused(refused, now);
        } else if (event instanceof JobsEvent.JobGone gone) {
            gone(gone, now);
        } else if (event instanceof JobsEvent.DocumentRefreshed refreshed && job != null) {
            job.refreshed(refreshed.execution());
        } else if (event instanceof JobsEvent.RequestRefused refused) {
            log(refused.sentence());
        } else if (event instanceof JobsEvent.Connected) {
            log("Connected to " + task.cloud() + " as " + task.thing() + ".");
        } else if (event instanceof JobsEvent.ConnectionLost lost) {
            connectionLost(lost);
        }
    }

    private void queueEmpty(long now) throws FotaException {
        if (!takeBack.isRunning() && !earlierEnds.concernTheBoard()) {
            takeBack.begin("", now);
        }
    }

    private void accepted(JobsEvent.UpdateAccepted accepted, long now) {
        if (!accepted.status().isTerminal()) {
            return;
        }
        if (job != null && report.isOpen() && accepted.id().equals(job.id())) {
            close(Optional.of(report.waiting().taken()), now);
            return;
        }
        Optional<FinalState> earlier = earlierEnds.take(accepted.id());
        if (earlier.isPresent()) {
            log("AWS has taken the end of " + accepted.id() + ", which an earlier run left: " + accepted.status()
                    + ".");
            if (task.once()) {
                result(earlierEnds.reported(earlier.get(), now));
            }
        }
    }

    /** AWS keeps the job open and the queue waits behind it, until a person corrects it. */
    private void endRefused(JobsEvent.EndRefused refused, long now) {
        Optional<FinalState> earlier = earlierEnds.take(refused.id());
        if (job != null && report.isOpen() && refused.id().equals(job.id())) {
            closeWithProblem(Reason.REPORT_REFUSED, withUnit(refused.sentence()), now);
        } else if (job == null && earlier.isPresent()) {
            result(earlierEnds.refused(earlier.get(), refused.sentence(), now));
        } else {
            log(refused.sentence());
        }
    }

    private void gone(JobsEvent.JobGone gone, long now) throws FotaException {
        if (earlierEnds.take(gone.id()).isPresent()) {
            log(gone.sentence());
            return;
        }
        if (offered != null && gone.id().equals(offered.id())) {
            offered = null;
        }
        if (job == null || !gone.id().equals(job.id())) {
            return;
        }
        if (report.isOpen()) {
            report.endedAtAws(new RunEnd(gone.reason(), withUnit(gone.sentence())));
            takeBack.begin("", now);
        } else {
            job.gone(gone.reason(), gone.sentence(), now);
        }
    }

    private void connectionLost(JobsEvent.ConnectionLost lost) throws FotaException {
        patience.requireHope(lost.cause());
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(lost.retryInNanos()));
        log(lost.cause().getMessage() + " Next try in " + seconds + " s.");
    }

    /** The job has its verdict. It goes into the outbox first, so that it is neither lost nor reported twice. */
    private void finish(long now) throws FotaException {
        Reason reason = job.verdict().orElseThrow().reason();
        Optional<JobStatus> status = JobStatus.atEnd(reason.atAws());
        if (status.isEmpty() || !isReported(status.get(), now)) {
            closeWithoutReport(now);
            return;
        }
        report.begin(reason.atAws(), task.once() ? now + patienceNanos() : Deadline.NEVER);
        context.sink().event(new BayEvent.Ended(job.result(now).with(report.waiting())));
        job.tell(new BayEvent.PhaseEntered(Phase.REPORT), now);
    }

    /** Whether AWS is told; it is not if it has ended the execution meanwhile. */
    private boolean isReported(JobStatus status, long now) {
        try {
            return client.agent().finish(job.id(), status, job.lastDetails(now), now);
        } catch (FotaException e) {
            report.unkept(e);
            log(e.getMessage() + " How the job ended is told to AWS now, or lost.");
            return true;
        }
    }

    private long patienceNanos() {
        return context.options().timeout().orElse(CloudPatience.LIMIT).toNanos();
    }

    private String withUnit(String sentence) {
        return sentence + " The update itself had ended: "
                + job.verdict().orElseThrow().message();
    }

    /**
     * Ends the job for this run and reports nothing. If AWS has ended the execution, an image that may be pending is
     * taken back once the board answers.
     */
    private void closeWithoutReport(long now) throws FotaException {
        JobRun over = job;
        close(Optional.empty(), now);
        if (over.verdict().get().reason().outcome() != Outcome.CANCELED) {
            return;
        }
        if (!over.mayBePending()) {
            forgetJournal(over.journal());
        } else if (offered == null) {
            takeBack.begin("", now);
        }
    }

    /** A journal that stays belongs to an ended execution: its image is taken back if it may be pending. */
    private void forgetJournal(Optional<UpdateJournal> journal) {
        try {
            context.journals().remove(journal);
        } catch (FotaException e) {
            log(e.getMessage());
        }
    }

    /** AWS does not know the end yet; the next start reports what the outbox could keep. */
    private void closeUnreported(Reason reason, String message, long now) {
        Optional<FotaException> unkept = report.unkept();
        if (unkept.isPresent()) {
            String why =
                    message + " It could not be kept either: " + unkept.get().getMessage();
            closeWithProblem(unkept.get().reason(), why, now);
        } else {
            closeWithProblem(reason, message + " It waits in the outbox for the next start.", now);
        }
    }

    private void closeWithProblem(Reason reason, String message, long now) {
        close(Optional.of(report.waiting().failed(Optional.empty(), new RunEnd(reason, message))), now);
    }

    /** The job is over for this run. */
    private void close(Optional<CloudEnd> cloud, long now) {
        UpdateRecord unit = job.result(now);
        job = null;
        report = new EndReport();
        result(cloud.map(unit::with).orElse(unit));
    }

    private void result(UpdateRecord of) {
        context.sink().ended(of);
        result = of;
        if (!isLast(of)) {
            waitForJob();
        }
    }

    private void log(String line) {
        context.sink().event(new BayEvent.Log(line));
    }

    /** Closes the connection to the cloud. */
    @Override
    public void close() {
        client.close();
    }
}
