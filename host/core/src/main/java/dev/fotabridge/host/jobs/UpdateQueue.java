package dev.fotabridge.host.jobs;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsEvent.EndRefused;
import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import dev.fotabridge.host.jobs.JobsReply.State;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.protocol.time.Deadline;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The updates of executions: one outstanding, final states before reports, the newest report only. The version that
 * an update expects comes from AWS's last reply. An execution that is in doubt is described first
 * ({@link IdentityCheck}); by AWS's refusals it is decided what has become of one ({@link RefusedUpdate}).
 * Tested by JobQueueLifeTest.
 */
final class UpdateQueue {
    private static final Set<String> TRANSIENT = Set.of("RequestThrottled", "InternalError");
    private static final Set<String> CONFLICTS =
            Set.of("VersionMismatch", "InvalidStateTransition", "TerminalStateReached");

    /**
     * What is asked for.
     *
     * @param status to be set
     * @param goal the end that waits for it, which may need IN_PROGRESS first; of a report, IN_PROGRESS
     */
    private record Update(ExecutionId id, JobStatus status, JobStatus goal, StatusDetails details) {
        static Update report(ExecutionId id, StatusDetails details) {
            return new Update(id, JobStatus.IN_PROGRESS, JobStatus.IN_PROGRESS, details);
        }

        boolean isEnd() {
            return status.isTerminal();
        }

        boolean isReport() {
            return !goal.isTerminal();
        }
    }

    private final JobsRequests requests;
    private final Outbox outbox;
    private final Exchange exchange;
    private final Queue<JobsEffect> effects;
    private final Queue<JobsEvent> events;
    private final KnownExecutions known = new KnownExecutions();
    private final LateEnds lateEnds = new LateEnds();
    private final IdentityCheck identity;
    /** Ends that an earlier run kept, and may have sent. */
    private Collection<FinalState> inherited;

    private final Queue<ExecutionId> ended = new ArrayDeque<>();

    /** Per connection. */
    private boolean blocked = true;

    /** Per execution. */
    private ExecutionId current;

    private boolean taken;
    /** Whether something has happened to the queue while the execution was offered and not taken. */
    private boolean inDoubt;

    private StatusDetails waiting;
    private StatusDetails lastReport = StatusDetails.none();
    private int conflictCount;

    /** Per update. */
    private Update outstanding;

    private long outstandingVersion;

    private ExecutionId bareEnd;

    UpdateQueue(
            JobsRequests requests,
            Outbox outbox,
            Exchange exchange,
            Queue<JobsEffect> effects,
            Queue<JobsEvent> events) {
        this.requests = requests;
        this.outbox = outbox;
        this.exchange = exchange;
        this.effects = effects;
        this.events = events;
        this.identity = new IdentityCheck(requests, known, exchange);
        inherited = outbox.waiting();
        inherited.forEach(state -> known.learn(state.id(), state.version(), JobStatus.QUEUED));
    }

    static boolean isTransient(String code) {
        return TRANSIENT.contains(code);
    }

    Exchange exchange() {
        return exchange;
    }

    /** The topic that the open request went to, with a star for the job's id, as a policy names it. */
    String topicInUse() {
        return identity.isAsking()
                ? requests.topics().get("*")
                : requests.topics().update("*");
    }

    /** AWS's last version of the current execution. */
    long version() {
        return current == null ? 0 : known.version(current);
    }

    /** A new execution has been offered. */
    void begin(JobExecution execution) {
        current = execution.id();
        known.described(current, execution.versionNumber(), execution.status());
        taken = false;
        inDoubt = false;
        waiting = null;
        lastReport = StatusDetails.none();
        conflictCount = 0;
    }

    /** Whether AWS has set the current execution IN_PROGRESS for us, and has described it since. */
    boolean isTaken() {
        return current != null && taken && known.isCertain(current);
    }

    /** AWS describes an execution; of interest are the current one, and one whose end it has not taken yet. */
    void described(JobExecution execution) {
        ExecutionId id = execution.id();
        if (!id.equals(current) && !outbox.holds(id)) {
            return;
        }
        known.described(id, execution.versionNumber(), execution.status());
        if (!id.equals(current)) {
            return;
        }
        inDoubt = false;
        if (taken && isForeign(execution.statusDetails())) {
            takenOver(current);
        } else if (!taken && execution.status().isTerminal() && !outbox.holds(id)) {
            gone(JobGone.of(id, execution.status()));
        }
    }

    private boolean isForeign(Map<String, String> details) {
        return JobsRequests.hasSession(details) && !requests.isOwn(details);
    }

    void report(StatusDetails details) {
        if (current != null) {
            waiting = details;
        }
    }

    /** An end is in the outbox of an execution that is not the current one. */
    void keptEnd(FinalState state) {
        known.learn(state.id(), Math.max(state.version(), known.version(state.id())), JobStatus.IN_PROGRESS);
    }

    /** The current execution's end is in the outbox. */
    void finishing() {
        waiting = null;
    }

    /**
     * Something has happened to the queue: repeats the last report, or asks, to see whether the execution still is
     * ours.
     */
    void probe() {
        if (!taken) {
            known.doubt(current);
            inDoubt = true;
        } else if (waiting == null && outstanding == null) {
            waiting = lastReport;
        }
    }

    /** After a new connection nothing is sent until the queue's head is known, or cannot be had. */
    void unblock() {
        blocked = false;
    }

    void disconnected() {
        blocked = true;
        exchange.drop();
        replyLost();
        known.doubtAll();
    }

    /** The outstanding update may have been applied or not; the same is sent again, and a conflict tells. */
    void replyLost() {
        identity.replyLost();
        if (outstanding != null && !outstanding.isEnd()) {
            known.unanswered(outstanding.id(), outstandingVersion);
        }
        restoreOutstanding();
    }

    /** An ended execution that nobody has asked about yet, or null. */
    ExecutionId pollEnded() {
        return ended.poll();
    }

    long deadline() {
        Optional<ExecutionId> subject = blocked ? Optional.empty() : subject();
        long due = exchange.deadline(subject.isPresent());
        long held = subject.map(lateEnds::reportableFrom).orElse(Long.MIN_VALUE);
        if (exchange.isOpen() || held == Long.MIN_VALUE) {
            return due;
        }
        return due == Deadline.NEVER ? held : Math.max(due, held);
    }

    void pump(long now) {
        inherited.forEach(state -> lateEnds.sent(state.id(), now));
        inherited = List.of();
        lateEnds.expire(now);
        if (blocked || !exchange.mayStart(now)) {
            return;
        }
        Optional<ExecutionId> subject = subject();
        if (subject.isEmpty() || now < lateEnds.reportableFrom(subject.get())) {
            return;
        }
        if (known.isCertain(subject.get()) || !identity.isWorthAsking(subject.get(), events)) {
            next().ifPresent(update -> send(update, now));
        } else {
            effects.add(identity.ask(subject.get(), now));
        }
    }

    /** The execution that something is to be told or asked about; empty if there is nothing to do. */
    private Optional<ExecutionId> subject() {
        return next().map(Update::id).or(this::toReadBack);
    }

    /**
     * What an update of ours has begun: the execution that is worked on, or one that was made anew at that moment. Also what is offered
     * only, if AWS may have ended it: it may be offered for hours.
     */
    private Optional<ExecutionId> toReadBack() {
        return Optional.ofNullable(current).filter(id -> (taken || inDoubt) && !known.isCertain(id));
    }

    private Optional<Update> next() {
        Optional<Update> end = outbox.next().map(this::updateFor);
        if (end.isPresent() || current == null || waiting == null) {
            return end;
        }
        return Optional.of(Update.report(current, waiting));
    }

    /**
     * An end is told only of an execution that is begun; until AWS has set it IN_PROGRESS, that is what is asked for.
     */
    private Update updateFor(FinalState state) {
        if (!known.isBegun(state.id())) {
            return new Update(state.id(), JobStatus.IN_PROGRESS, state.status(), StatusDetails.none());
        }
        StatusDetails details = state.id().equals(bareEnd) ? StatusDetails.none() : state.details();
        return new Update(state.id(), state.status(), state.status(), details);
    }

    private void send(Update update, long now) {
        if (update.isReport()) {
            lastReport = waiting;
            waiting = null;
        }
        String token = requests.nextToken();
        exchange.start(token, now);
        if (update.isEnd()) {
            lateEnds.sent(update.id(), now);
        }
        outstanding = update;
        outstandingVersion = known.version(update.id());
        effects.add(requests.update(
                update.id(), update.status(), update.details().entries(), known.version(update.id()), token));
    }

    /** A reply on one of the topics {@code JOBID/get/…} and {@code JOBID/update/…}. */
    void reply(String topic, JobsReply reply, long now) {
        if (!exchange.matches(reply)) {
            return;
        }
        if (identity.isAsking()) {
            identity.answer(topic, reply, now).ifPresent(answer -> identified(answer, reply));
        } else if (outstanding != null) {
            String prefix = outstanding.id().jobId() + "/update/";
            if (topic.startsWith(prefix) && outstanding.isEnd()) {
                lateEnds.answered(outstanding.id());
            }
            if (topic.equals(prefix + "accepted")) {
                exchange.succeed();
                accepted(take(), reply.executionState());
            } else if (topic.equals(prefix + "rejected")) {
                refused(reply, now);
            }
        }
    }

    private void identified(IdentityCheck.Answer answer, JobsReply reply) {
        switch (answer.verdict()) {
            case REPLACED -> replaced(answer.id());
            case GONE -> missing(answer.id());
            case ENDED -> endedUntaken(answer.id());
            default -> reply.execution().ifPresent(this::described);
        }
    }

    /** Where an update is to follow, AWS's refusal of it names the end. */
    private void endedUntaken(ExecutionId id) {
        if (id.equals(current) && !taken && waiting == null && !outbox.holds(id)) {
            gone(new JobGone(
                    id, Reason.JOB_CANCELED, "The execution " + id + " was ended at AWS before it was taken."));
        }
    }

    private Update take() {
        Update update = outstanding;
        outstanding = null;
        return update;
    }

    private void accepted(Update update, Optional<State> state) {
        conflictCount = 0;
        ExecutionId id = update.id();
        if (update.isEnd()) {
            ended(id, update.status());
            return;
        }
        if (id.equals(current) || outbox.holds(id)) {
            long next = known.version(id) + 1;
            known.updated(id, state.map(State::version).filter(v -> v > 0).orElse(next));
            taken |= id.equals(current);
        }
        if (update.isReport()) {
            events.add(new UpdateAccepted(id, update.status()));
        }
    }

    private void ended(ExecutionId id, JobStatus asAsked) {
        outbox.taken(id);
        end(id);
        events.add(new UpdateAccepted(id, asAsked));
    }

    private void refused(JobsReply reply, long now) {
        String code = reply.code();
        if (isTransient(code)) {
            exchange.fail(now);
            restoreOutstanding();
            return;
        }
        if (CONFLICTS.contains(code)) {
            conflict(reply, now);
            return;
        }
        exchange.succeed();
        if (code.equals("ResourceNotFound")) {
            missing(take().id());
        } else {
            refusedForItsForm(take(), reply);
        }
    }

    /** The end of a job matters more than what is said about it: it is tried without; then nothing more can be done. */
    private void refusedForItsForm(Update update, JobsReply reply) {
        String said = reply.code() + ": " + reply.message();
        ExecutionId id = update.id();
        if (update.isEnd() && update.details().equals(StatusDetails.none())) {
            outbox.setAside(id);
            end(id);
            events.add(new EndRefused(
                    id,
                    update.status(),
                    "AWS refuses the end " + update.status() + " of " + id + ", with details and without (" + said
                            + ")."));
            return;
        }
        events.add(new RequestRefused(reply.code(), "AWS refused an update: " + said));
        if (update.isEnd()) {
            bareEnd = id;
        } else if (!update.isReport()) {
            // What AWS does not set IN_PROGRESS may still be ended.
            known.notToBeBegun(id);
        }
    }

    private void conflict(JobsReply reply, long now) {
        Optional<State> state = reply.executionState();
        conflictCount++;
        if (state.isEmpty()) {
            exchange.succeed();
            ExecutionId id = take().id();
            gone(new JobGone(id, Reason.JOB_CANCELED, "AWS refuses updates of " + id + ": " + reply.code() + "."));
            return;
        }
        State seen = state.get();
        boolean foreign = taken && isForeign(seen.details());
        RefusedUpdate change =
                RefusedUpdate.of(outstanding.goal(), seen, known.version(outstanding.id()), foreign, conflictCount);
        if (change == RefusedUpdate.GOES_ON) {
            goesOn(seen, now);
        } else {
            exchange.succeed();
            over(take(), change, seen);
        }
    }

    private void over(Update update, RefusedUpdate change, State seen) {
        switch (change) {
            case ENDED_AS_ASKED -> ended(update.id(), seen.status());
            case ENDED -> gone(JobGone.of(update.id(), seen.status()));
            case REPLACED -> replaced(update.id());
            default -> takenOver(update.id());
        }
    }

    private void goesOn(State seen, long now) {
        if (conflictCount > 1) {
            exchange.fail(now);
        } else {
            exchange.succeed();
        }
        if (seen.version() > 0) {
            known.learn(outstanding.id(), seen.version(), seen.status());
        }
        restoreOutstanding();
    }

    /** Under this name AWS has another execution by now, which is not to get our end. */
    void replaced(ExecutionId id) {
        gone(new JobGone(id, Reason.JOB_DELETED, "The job of " + id + " was deleted and made anew under its name."));
    }

    private void missing(ExecutionId id) {
        gone(new JobGone(id, Reason.JOB_DELETED, "The execution " + id + " does not exist any more."));
    }

    private void takenOver(ExecutionId id) {
        gone(new JobGone(id, Reason.JOB_TAKEN_OVER, "Another host reports on the execution " + id + "."));
    }

    private void gone(JobGone event) {
        end(event.id());
        events.add(event);
    }

    private void end(ExecutionId id) {
        outbox.drop(id);
        known.forget(id);
        conflictCount = 0;
        if (id.equals(current)) {
            current = null;
            waiting = null;
        }
        ended.add(id);
    }

    /**
     * A report goes back in line unless a newer one is there. An end never left the outbox; before it is sent once
     * more, AWS is asked whether it still has that execution.
     */
    private void restoreOutstanding() {
        Update update = take();
        if (update == null) {
            return;
        }
        if (update.isEnd()) {
            known.doubt(update.id());
        } else if (update.isReport() && update.id().equals(current) && waiting == null) {
            waiting = update.details();
        }
    }

    @Override
    public String toString() {
        return "version " + version() + (taken ? ", taken" : "") + ", outstanding "
                + (identity.isAsking() ? "a question" : outstanding == null ? "nothing" : outstanding.status());
    }
}
