package dev.fotabridge.host.jobs;

import dev.fotabridge.host.jobs.JobsEvent.EndRefused;
import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import dev.fotabridge.host.jobs.JobsReply.State;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.outcome.Reason;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The updates of executions: one outstanding, final states before reports, the newest report only. The version that an
 * update expects comes from AWS's last reply. An execution that is in doubt is described first ({@link IdentityCheck}); by
 * AWS's refusals it is decided what has become of one ({@link Fate}).
 */
final class UpdateQueue {
    private static final Set<String> TRANSIENT = Set.of("RequestThrottled", "InternalError");
    private static final Set<String> CONFLICTS =
            Set.of("VersionMismatch", "InvalidStateTransition", "TerminalStateReached");

    /** What is asked for; a {@code bare} one has no details, because AWS refused them. */
    private record Update(ExecutionId id, JobStatus status, StatusDetails details, boolean bare) {
        boolean isEnd() {
            return status.isTerminal();
        }
    }

    private final JobsRequests requests;
    private final Outbox outbox;
    private final Exchange exchange;
    private final Queue<JobsEffect> effects;
    private final Queue<JobsEvent> events;
    private final KnownExecutions known = new KnownExecutions();
    private final IdentityCheck identity;
    private final Queue<ExecutionId> ended = new ArrayDeque<>();

    /** Per connection. */
    private boolean blocked = true;

    /** Per execution. */
    private ExecutionId current;

    private boolean taken;
    private StatusDetails waiting;
    private StatusDetails lastReport = StatusDetails.none();
    private int conflictCount;

    /** Per update. */
    private Update outstanding;

    private ExecutionId bareEnd;

    /** May not end from QUEUED: is set IN_PROGRESS before its end is sent once more. */
    private ExecutionId unstarted;

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
        outbox.waiting().forEach(state -> known.learn(state.id(), state.version()));
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
        known.described(current, execution.versionNumber());
        taken = false;
        waiting = null;
        lastReport = StatusDetails.none();
        conflictCount = 0;
    }

    /** AWS describes an execution; of interest are the current one, and one whose end it has not taken yet. */
    void described(JobExecution execution) {
        ExecutionId id = execution.id();
        if (!id.equals(current) && !outbox.holds(id)) {
            return;
        }
        known.described(id, execution.versionNumber());
        if (id.equals(current) && taken && isForeign(execution.statusDetails())) {
            takenOver(current);
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

    /**
     * The current execution's end is in the outbox. As long as AWS has taken no report of ours, nothing but its number and
     * time tells it from one that was made anew under its name.
     */
    void finishing() {
        waiting = null;
        if (!taken) {
            known.doubt(current);
        }
    }

    /** Something has happened to the queue: repeats the last report, or asks, to see whether the execution still is ours. */
    void probe() {
        if (!taken) {
            known.doubt(current);
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
        restoreOutstanding();
    }

    /** An ended execution that nobody has asked about yet, or null. */
    ExecutionId pollEnded() {
        return ended.poll();
    }

    long deadline() {
        return exchange.deadline(!blocked && next().isPresent());
    }

    void pump(long now) {
        if (blocked || !exchange.mayStart(now)) {
            return;
        }
        Optional<Update> next = next();
        if (next.isEmpty()) {
            return;
        }
        ExecutionId id = next.get().id();
        if (known.isCertain(id) || !identity.isWorthAsking(id, events)) {
            send(next.get(), now);
        } else {
            effects.add(identity.ask(id, now));
        }
    }

    private Optional<Update> next() {
        Optional<Update> end = outbox.next().map(this::updateFor);
        if (end.isPresent() || current == null || waiting == null) {
            return end;
        }
        return Optional.of(new Update(current, JobStatus.IN_PROGRESS, waiting, false));
    }

    private Update updateFor(FinalState state) {
        if (state.id().equals(unstarted)) {
            return new Update(unstarted, JobStatus.IN_PROGRESS, StatusDetails.none(), false);
        }
        boolean bare = state.id().equals(bareEnd);
        return new Update(state.id(), state.status(), bare ? StatusDetails.none() : state.details(), bare);
    }

    private void send(Update update, long now) {
        if (waiting != null && !update.isEnd()) {
            lastReport = waiting;
            waiting = null;
        }
        String token = requests.nextToken();
        exchange.start(token, now);
        outstanding = update;
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
            default -> reply.execution().ifPresent(this::described);
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
            end(id);
        } else if (id.equals(current) || outbox.holds(id)) {
            long next = known.version(id) + 1;
            known.learn(id, state.map(State::version).filter(v -> v > 0).orElse(next));
            taken |= id.equals(current);
            unstarted = null;
        }
        events.add(new UpdateAccepted(id, update.status()));
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
        if (!update.bare()) {
            events.add(new RequestRefused(reply.code(), "AWS refused an update: " + said));
            bareEnd = update.isEnd() ? update.id() : bareEnd;
            return;
        }
        outbox.setAside(update.id());
        end(update.id());
        events.add(new EndRefused(
                update.id(),
                update.status(),
                "AWS refuses the end " + update.status() + " of " + update.id() + ", with details and without (" + said
                        + ")."));
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
        boolean mayNotEndYet = reply.code().equals("InvalidStateTransition") && seen.status() == JobStatus.QUEUED;
        unstarted = mayNotEndYet ? outstanding.id() : null;
        boolean foreign = taken && isForeign(seen.details());
        Fate fate = Fate.of(outstanding.status(), seen, known.version(outstanding.id()), foreign, conflictCount);
        if (fate == Fate.GOES_ON) {
            goesOn(seen, now);
        } else {
            exchange.succeed();
            over(take(), fate, seen);
        }
    }

    private void over(Update update, Fate fate, State seen) {
        switch (fate) {
            case ENDED_AS_ASKED -> accepted(update, Optional.of(seen));
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
            known.learn(outstanding.id(), seen.version());
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
        if (outbox.holds(id)) {
            outbox.settle(id);
        }
        known.forget(id);
        if (id.equals(current)) {
            current = null;
            waiting = null;
        }
        ended.add(id);
    }

    /**
     * A report goes back in line unless a newer one is there. An end never left the outbox; before it is sent once more,
     * AWS is asked whether it still has that execution.
     */
    private void restoreOutstanding() {
        Update update = take();
        if (update == null) {
            return;
        }
        if (update.isEnd()) {
            known.doubt(update.id());
        } else if (update.id().equals(current) && waiting == null) {
            waiting = update.details();
        }
    }

    @Override
    public String toString() {
        return "version " + version() + (taken ? ", taken" : "") + ", outstanding "
                + (identity.isAsking() ? "a question" : outstanding == null ? "nothing" : outstanding.status());
    }
}
