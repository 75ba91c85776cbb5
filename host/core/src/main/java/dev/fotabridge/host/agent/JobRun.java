package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.host.bay.KnownImages;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.bay.RunRecord;
import dev.fotabridge.host.bay.UpdateRunner;
import dev.fotabridge.host.download.CachedImage;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobDocument;
import dev.fotabridge.host.jobs.JobExecution;
import dev.fotabridge.host.jobs.StatusDetails;
import dev.fotabridge.host.update.BoardCheck;
import dev.fotabridge.host.update.ProgressMeter;
import dev.fotabridge.host.update.UpdateEffect;
import dev.fotabridge.host.update.UpdateJournal;
import dev.fotabridge.host.update.UpdatePlan;
import dev.fotabridge.host.value.BoardName;
import dev.fotabridge.protocol.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out one job execution on one board: document, download, update. It ends with a verdict, which the agent
 * reports to AWS.
 * Tested by SequenceSweepSimTest.
 */
final class JobRun {
    private final JobContext context;
    private final ExecutionId id;
    private final RunRecord record;
    private final JobReport report;
    private final ProgressMeter meter = new ProgressMeter();
    private final WireTotals wireBefore;

    private JobDocument document;
    private Optional<String> target = Optional.empty();
    private List<UpdateJournal> left = List.of();
    private DownloadTask download;
    private boolean measuring;
    private boolean refreshAsked;
    private UpdatePlan plan;
    private UpdateRunner runner;
    private UpdateEffect.Finish gone;
    private UpdateEffect.Finish verdict;

    JobRun(JobContext context, JobExecution execution, long now) {
        this.context = context;
        this.id = execution.id();
        this.record = new RunRecord(now);
        this.report = new JobReport(context.program().software(), record);
        this.wireBefore = context.bay().link().wire();
        record.job(id.jobId());
        begin(execution, now);
    }

    private void begin(JobExecution execution, long now) {
        try {
            document = JobDocument.parse(execution.document());
            document.notes().forEach(note -> tell(new BayEvent.Log(note), now));
            target = document.targetBoard().filter(BoardName::isBoard);
            if (target.isEmpty()) {
                document.targetBoard().ifPresent(name -> tell(otherTarget(name), now));
            }
            left = context.journals().load().stream()
                    .filter(j -> j.execution().equals(id.journalName()))
                    .toList();
            tell(new BayEvent.PhaseEntered(Phase.DOWNLOAD), now);
            Optional<CachedImage> known = fromJournal();
            if (known.isPresent()) {
                update(context.program().shared().images().prepared(known.get(), context.options()), now);
            } else {
                download = new DownloadTask(
                        context.program().loop(), context.program().shared().images());
                download.start(document.download(), context.cache(), context.objects(), context.options());
            }
        } catch (FotaException e) {
            end(e.reason(), e.getMessage());
        }
    }

    private static BayEvent otherTarget(String name) {
        return new BayEvent.Log(
                "The job document's targetBoard '" + name + "' is no board type: it is not compared with the board's.");
    }

    /**
     * Returns the cached image of a journal whose image may be pending: the host needs no download, only the board's
     * answer.
     */
    private Optional<CachedImage> fromJournal() {
        ImageCache cache = context.cache();
        Optional<UpdateJournal> pending =
                left.stream().filter(UpdateJournal::mayBePending).findFirst();
        return pending.isPresent() ? cache.byImage(pending.get().imageHash()) : Optional.empty();
    }

    void step(long now) {
        if (download != null) {
            stepDownload(now);
        } else if (runner != null) {
            stepUpdate(now);
        }
    }

    private void stepDownload(long now) {
        for (String note = download.pollNote(); note != null; note = download.pollNote()) {
            tell(new BayEvent.Log(note), now);
        }
        progress(now);
        if (download.wantsFreshUrl() && !refreshAsked) {
            refreshAsked = true;
            context.jobs().refreshDocument(now);
        }
        if (download.isDone()) {
            DownloadTask done = download;
            download = null;
            try {
                update(done.result(), now);
            } catch (FotaException e) {
                end(e.reason(), e.getMessage());
            }
        }
    }

    private void progress(long now) {
        DownloadTask.Position at = download.position();
        if (at == null) {
            return;
        }
        if (!measuring) {
            measuring = true;
            meter.start(at.bytes(), now);
        }
        if (meter.isDue(at.bytes(), at.total(), now)) {
            tell(meter.transfer(at.bytes(), at.total(), now), now);
        }
    }

    /** The requested document has arrived. */
    void refreshed(JobExecution execution) {
        refreshAsked = false;
        if (download == null) {
            return;
        }
        try {
            download.offerUrl(JobDocument.parse(execution.document()).url());
        } catch (FotaException e) {
            download.offerUrl(document.url());
        }
    }

    private void update(PreparedImage image, long now) {
        tell(new BayEvent.PhaseEntered(Phase.CHECK), now);
        record.image(image.reportedHash(), image.descriptor().fileSha256().hex(), image.version());
        image.descriptor().warnings().forEach(w -> tell(new BayEvent.Log(w), now));
        plan = plan(image);
        runner = new UpdateRunner(
                plan,
                image.payload(),
                context.bay().link(),
                new KnownImages(context.cache()),
                context.journals(),
                left,
                e -> tell(e, context.program().loop().now()));
        runner.start(now);
    }

    private UpdatePlan plan(PreparedImage image) {
        UpdateOptions options = context.options();
        List<String> boards = new ArrayList<>(options.board().stream().toList());
        target.ifPresent(boards::add);
        List<String> modems = new ArrayList<>(options.modemUuid().stream().toList());
        document.modemUuid().ifPresent(modems::add);
        BoardCheck check = image.check(boards, modems, options.noDowngrade());
        // The board may still be in a swap that an earlier run began, so its first answer may take a whole swap.
        return image.plan(
                id.journalName(), options, check, options.linkTimeout().toNanos());
    }

    private void stepUpdate(long now) {
        runner.step(now);
        runner.board().map(context.bay()::nameOf).map(BayEvent.BoardSeen::new).ifPresent(context.sink()::event);
        runner.describe(record);
        takeVerdict();
    }

    /** Takes the update's end. If AWS has ended the execution already, AWS's end is the verdict. */
    private void takeVerdict() {
        runner.verdict().ifPresent(end -> {
            boolean stands = gone == null || end.reason() == gone.reason();
            String both = stands ? "" : gone.message() + " On the board: " + end.message();
            verdict = stands ? end : new UpdateEffect.Finish(gone.reason(), both);
        });
    }

    /** The execution was cancelled, deleted, timed out or taken over at AWS. */
    void gone(Reason reason, String sentence, long now) {
        if (runner != null) {
            gone = new UpdateEffect.Finish(reason, sentence);
            runner.cancel(reason, sentence, now);
            takeVerdict();
        } else {
            if (download != null) {
                download.cancel();
                download = null;
            }
            end(reason, sentence);
        }
    }

    void interrupt(long now) {
        if (runner != null) {
            runner.interrupt(now);
        }
        if (download != null) {
            download.cancel();
            download = null;
        }
        end(Reason.INTERRUPTED, "Interrupted; the job stays IN_PROGRESS, and the next start goes on from here.");
    }

    /** Returns, after a cancellation, whether the image may still start because the board could not be reached. */
    boolean mayBePending() {
        return runner == null ? left.stream().anyMatch(UpdateJournal::mayBePending) : runner.mayBePending();
    }

    /** Returns the journal of the updated board; empty if the job reached no board. */
    Optional<UpdateJournal> journal() {
        return runner == null ? left.stream().findFirst() : runner.journal();
    }

    /** Ends the job with INTERNAL_ERROR. */
    void fail(String message) {
        verdict = new UpdateEffect.Finish(Reason.INTERNAL_ERROR, message);
    }

    /** Returns this job's totals on the line. */
    private WireTotals wire() {
        return context.bay().link().wire().minus(wireBefore);
    }

    void end(Reason reason, String message) {
        if (verdict == null) {
            verdict = new UpdateEffect.Finish(reason, message);
        }
    }

    ExecutionId id() {
        return id;
    }

    long deadline() {
        return runner == null ? Deadline.NEVER : runner.deadline();
    }

    Optional<UpdateEffect.Finish> verdict() {
        return Optional.ofNullable(verdict);
    }

    RunRecord record() {
        return record;
    }

    /** Returns how the job ended on the board. Call it only with a verdict. */
    UpdateRecord result(long now) {
        return record.result(verdict.reason(), verdict.message(), wire(), now);
    }

    /** Returns the details of the execution's final state. */
    StatusDetails lastDetails(long now) {
        double seconds = record.secondsSoFar(now);
        return report.last(verdict.reason(), verdict.message(), seconds);
    }

    void tell(BayEvent event, long now) {
        if (event instanceof BayEvent.PhaseEntered entered) {
            record.phase(entered.phase(), now);
        }
        context.sink().event(event);
        if (report.take(event, now)) {
            context.jobs().report(id, report.details(journal()), now);
        }
    }
}
