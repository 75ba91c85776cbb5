package dev.fotabridge.host.station;

import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobExecution;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.JobsAgent;
import dev.fotabridge.host.jobs.JobsAgentConfig;
import dev.fotabridge.host.jobs.JobsClient;
import dev.fotabridge.host.jobs.JobsEvent;
import dev.fotabridge.host.jobs.Outbox;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Outcome;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.update.Phase;
import dev.fotabridge.host.update.UpdateEffect;
import dev.fotabridge.host.update.UpdateEvent;
import dev.fotabridge.host.update.UpdateJournal;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS FOTA for one board: waits for jobs, runs them one at a time, tells AWS how each ended. The bay's thread does it all;
 * the cloud's, the port's and the download's threads only wake it.
 */
final class AgentRun {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRun.class);

    private final AgentTask config;
    private final UpdateOptions options;
    private final Station station;
    private final EventSink sink;
    private final BayLoop loop;
    private final Bay bay;
    private final RangeSource objects;
    private final ImageCache cache;
    private final JournalStore journals;
    private final Outbox outbox;
    private final JobsClient client;
    private final EarlierEnds earlierEnds;
    private final CloudPatience patience;
    private final IdleBoard idleBoard;
    private final TakeBack takeBack;

    private JobRun job;
    private JobExecution offered;
    /** Whether what an execution that is over has left on the board was looked after, before the offered one begins. */
    private boolean cleared;

    private boolean reporting;
    /** The result, once AWS has ended the execution otherwise than is reported; the board is told before it is given. */
    private UpdateEffect.Finish endedAtAws;

    private long reportDeadline;
    private UpdateResult lastResult;

    /** Why the end that is being told could not be kept on disk; empty if it could. */
    private Optional<FotaException> unkept = Optional.empty();

    AgentRun(AgentTask config, UpdateOptions options, Station station, Bay bay, Cloud cloud, EventSink sink)
            throws FotaException {
        this.config = config;
        this.options = options;
        this.station = station;
        this.sink = sink;
        this.loop = station.loop();
        this.bay = bay;
        this.objects = cloud.objects();
        this.cache = new ImageCache(station.state().cache(), Clock.systemUTC());
        this.journals = new JournalStore(JobRun.journalOf(station.state(), config.thing()));
        this.outbox = new Outbox(
                new EndsWithJournal(new FileOutboxStore(station.state().outbox(config.thing())), journals));
        this.earlierEnds = new EarlierEnds(outbox.waiting(), journals.load(), loop.now());
        this.patience = new CloudPatience(config, options.timeout(), loop.now());
        this.idleBoard = new IdleBoard(bay.link(), this::log);
        this.takeBack = new TakeBack(journals, bay.link(), options.linkTimeout(), sink::event);
        JobsAgent agent = new JobsAgent(JobsAgentConfig.of(config.thing(), station.session()), outbox);
        this.client = new JobsClient(agent, cloud.jobs(), cloud.reconnect(), loop::wake);
    }

    /** Runs until one job is over with {@code --once}, else until interrupted or something fails that jobs cannot heal. */
    UpdateResult run() throws FotaException {
        sink.board(bay.port());
        bay.listen();
        waitForJob();
        try {
            while (lastResult == null || !isLast(lastResult)) {
                lastResult = null;
                loop.await(deadline());
                if (loop.isInterrupted()) {
                    interrupt();
                } else {
                    guardedStep(loop.now());
                }
            }
        } finally {
            client.close();
        }
        return lastResult;
    }

    /** A bug, or what the virtual machine cannot do, ends the job that met it, and is said at AWS; without a job it ends the agent. */
    private void guardedStep(long now) throws FotaException {
        try {
            step(now);
        } catch (RuntimeException | Error e) {
            if (job == null || reporting) {
                throw e;
            }
            ExecutionId met = job.id();
            job.fail("Something unforeseen happened: " + e);
            finish(now);
            LOG.error("the job {} met a bug", met, e);
        }
    }

    private boolean isLast(UpdateResult result) {
        Outcome outcome = result.reason().outcome();
        return config.once() || outcome == Outcome.ERROR || outcome == Outcome.INTERRUPTED;
    }

    private void waitForJob() {
        sink.event(new UpdateEvent.PhaseEntered(Phase.WAIT));
    }

    private void interrupt() {
        if (job == null) {
            takeBack.interrupt(loop.now());
            result(UpdateResult.early(Reason.INTERRUPTED, "Interrupted; no job was under way."));
        } else if (endedAtAws != null) {
            takeBack.interrupt(loop.now());
            close(endedAtAws.reason(), endedAtAws.message());
        } else if (reporting) {
            closeUntold(Reason.INTERRUPTED, "Interrupted before AWS has taken how the job ended.");
        } else {
            job.interrupt(loop.now());
            close(Reason.INTERRUPTED, job.verdict().orElseThrow().message());
        }
    }

    private void step(long now) throws FotaException {
        client.step(now);
        handleEvents(now);
        if (job == null) {
            idle(now);
        } else if (!reporting) {
            job.step(now);
            if (job.verdict().isPresent()) {
                finish(now);
            }
        } else if (endedAtAws != null) {
            takeBackThenClose(now);
        } else if (now >= reportDeadline) {
            Reason ended = job.verdict().orElseThrow().reason();
            closeUntold(Reason.CLOUD_UNREACHABLE, "The job ended " + ended + ", but AWS has not taken that yet.");
        }
        client.step(now);
    }

    /** Up to a result: what comes behind it, perhaps the next job, is for the next step. */
    private void handleEvents(long now) throws FotaException {
        while (lastResult == null) {
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
            close(endedAtAws.reason(), endedAtAws.message());
        }
    }

    private void idle(long now) throws FotaException {
        takeBack.step(now);
        if (takeBack.isRunning()) {
            return;
        }
        if (earlierEnds.concernTheBoard()) {
            patience.requireTold(config.once(), now);
        } else if (offered != null) {
            beginOnceCleared(now);
        } else {
            idleBoard.listen(now);
            if (config.once() && lastResult == null) {
                patience.require(now);
            }
        }
    }

    private void beginOnceCleared(long now) throws FotaException {
        if (!cleared) {
            cleared = true;
            takeBack.begin(JobRun.name(offered.id()), now);
        }
        if (!takeBack.isRunning()) {
            begin(now);
        }
    }

    private void begin(long now) {
        JobExecution execution = offered;
        offered = null;
        takeBack.giveWay();
        sink.job(execution.id().jobId());
        sink.board(bay.port());
        job = new JobRun(this, execution, client.agent(), now);
    }

    private long deadline() {
        long next = client.deadline();
        if (job != null) {
            long report = Math.min(reportDeadline, takeBack.deadline());
            return Math.min(next, reporting ? report : job.deadline());
        }
        long board = Math.min(takeBack.deadline(), bay.link().deadline());
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
            accepted(accepted);
        } else if (event instanceof JobsEvent.EndRefused refused) {
            endRefused(refused);
        } else if (event instanceof JobsEvent.JobGone gone) {
            gone(gone, now);
        } else if (event instanceof JobsEvent.DocumentRefreshed refreshed && job != null) {
            job.refreshed(refreshed.execution());
        } else if (event instanceof JobsEvent.RequestRefused refused) {
            log(refused.sentence());
        } else if (event instanceof JobsEvent.Connected) {
            log("Connected to " + config.cloud() + " as " + config.thing() + ".");
        } else if (event instanceof JobsEvent.ConnectionLost lost) {
            connectionLost(lost);
        }
    }

    private void queueEmpty(long now) throws FotaException {
        if (!takeBack.isRunning() && !earlierEnds.concernTheBoard()) {
            takeBack.begin("", now);
        }
    }

    private void accepted(JobsEvent.UpdateAccepted accepted) {
        if (!accepted.status().isTerminal()) {
            return;
        }
        if (job != null && reporting && accepted.id().equals(job.id())) {
            close(
                    job.verdict().orElseThrow().reason(),
                    job.verdict().orElseThrow().message());
            return;
        }
        Optional<FinalState> earlier = earlierEnds.take(accepted.id());
        if (earlier.isPresent()) {
            log("AWS has taken the end of " + accepted.id() + ", which an earlier run left: " + accepted.status()
                    + ".");
            if (config.once()) {
                result(earlierEnds.told(earlier.get(), loop.now()));
            }
        }
    }

    /** Only a person can heal that: AWS holds the job open, and the queue behind it waits. */
    private void endRefused(JobsEvent.EndRefused refused) {
        Optional<FinalState> earlier = earlierEnds.take(refused.id());
        if (job != null && reporting && refused.id().equals(job.id())) {
            String done = job.verdict().orElseThrow().message();
            close(Reason.REPORT_REFUSED, refused.sentence() + " The update itself had ended: " + done);
        } else if (job == null && earlier.isPresent()) {
            result(earlierEnds.refused(earlier.get(), refused.sentence(), loop.now()));
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
        if (reporting) {
            String done = job.verdict().orElseThrow().message();
            endedAtAws =
                    new UpdateEffect.Finish(gone.reason(), gone.sentence() + " The update itself had ended: " + done);
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

    /** The job has its verdict: into the outbox with it first, then nothing can be told twice or be lost. */
    private void finish(long now) {
        Reason reason = job.verdict().orElseThrow().reason();
        Optional<JobStatus> status = Endings.status(reason);
        if (status.isEmpty()) {
            if (reason.outcome() == Outcome.CANCELED && !job.mayBePending()) {
                forgetJournal(job.journal());
            }
            close(reason, job.verdict().orElseThrow().message());
            return;
        }
        unkept = Optional.empty();
        try {
            client.agent().finish(status.get(), job.lastDetails(now), now);
        } catch (FotaException e) {
            unkept = Optional.of(e);
            log(e.getMessage() + " How the job ended is told to AWS now, or lost.");
        }
        job.tell(new UpdateEvent.PhaseEntered(Phase.REPORT), now);
        reporting = true;
        reportDeadline = now + options.timeout().orElse(CloudPatience.LIMIT).toNanos();
    }

    /** One that stays is of an execution that is over: what may be pending by it is taken back. */
    private void forgetJournal(Optional<UpdateJournal> journal) {
        try {
            journals.remove(journal);
        } catch (FotaException e) {
            log(e.getMessage());
        }
    }

    /** AWS does not know the end yet; what could be kept of it is told at the next start. */
    private void closeUntold(Reason reason, String message) {
        if (unkept.isPresent()) {
            close(
                    unkept.get().reason(),
                    message + " It could not be kept either: " + unkept.get().getMessage());
        } else {
            close(reason, message + " It waits in the outbox for the next start.");
        }
    }

    /** The job is over for this run. */
    private void close(Reason reason, String message) {
        JobRun over = job;
        job = null;
        reporting = false;
        endedAtAws = null;
        result(over.record().result(reason, message, over.wire(), loop.now()));
    }

    private void result(UpdateResult result) {
        Endings.event(result.reason()).ifPresent(sink::event);
        sink.result(result);
        lastResult = result;
        if (!isLast(result)) {
            waitForJob();
        }
    }

    private void log(String line) {
        sink.event(new UpdateEvent.Log(line));
    }

    long now() {
        return loop.now();
    }

    Station station() {
        return station;
    }

    EventSink sink() {
        return sink;
    }

    Bay bay() {
        return bay;
    }

    UpdateOptions options() {
        return options;
    }

    ImageCache cache() {
        return cache;
    }

    RangeSource objects() {
        return objects;
    }

    JournalStore journals() {
        return journals;
    }
}
