package dev.fotabridge.host.jobs;

import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import dev.fotabridge.host.jobs.JobsReply.State;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.outcome.Reason;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The updates of executions: one outstanding, final states before reports, the newest report only. Decides by AWS's
 * refusals what has become of an execution. The version that an update expects comes from AWS's last reply.
 */
final class UpdateQueue {
    private static final Set<String> TRANSIENT = Set.of("RequestThrottled", "InternalError");
    private static final Set<String> CONFLICTS =
            Set.of("VersionMismatch", "InvalidStateTransition", "TerminalStateReached");
    /** Own versions lost by lost replies, in a row, before something else must be at work. */
    private static final int MAX_CONFLICTS = 5;

    /** What an outstanding update asked for; a {@code bare} one has no details, because AWS refused them. */
    private record Update(ExecutionId id, JobStatus status, StatusDetails details, boolean bare) {}

    private final JobsRequests requests;
    private final Outbox outbox;
    private final Exchange exchange;
    private final Queue<JobsEffect> effects;
    private final Queue<JobsEvent> events;
    private final Queue<ExecutionId> ended = new ArrayDeque<>();

    /** Per connection. */
    private boolean blocked = true;

    /** Per execution. */
    private ExecutionId current;

    private long version;
    private boolean taken;
    private boolean finishing;
    private StatusDetails waiting;
    private StatusDetails lastReport = StatusDetails.none();
    private int conflictCount;

    /** Per update. */
    private Update outstanding;

    private ExecutionId bareFinal;

    /** Of executions that an earlier run has ended. */
    private final Map<ExecutionId, Long> leftVersions = new HashMap<>();

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
        outbox.waiting().forEach(state -> leftVersions.put(state.id(), state.version()));
    }

    static boolean isTransient(String code) {
        return TRANSIENT.contains(code);
    }

    Exchange exchange() {
        return exchange;
    }

    long version() {
        return version;
    }

    /** A new execution has been offered. */
    void begin(JobExecution execution) {
        current = execution.id();
        version = execution.versionNumber();
        taken = false;
        finishing = false;
        waiting = null;
        lastReport = StatusDetails.none();
        conflictCount = 0;
    }

    /** AWS describes the current execution anew. */
    void described(JobExecution execution) {
        version = execution.versionNumber();
        if (taken && JobsRequests.hasSession(execution.statusDetails()) && !requests.isOwn(execution.statusDetails())) {
            takenOver(current);
        }
    }

    void report(StatusDetails details) {
        if (current != null && !finishing) {
            waiting = details;
        }
    }

    void finishing() {
        finishing = true;
        waiting = null;
    }

    /** Repeats the last report to see whether the execution still is ours. */
    void probe() {
        if (taken && !finishing && waiting == null && outstanding == null) {
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
        restoreOutstanding();
    }

    /** The outstanding update may have been applied or not; the same is sent again, and a conflict tells. */
    void replyLost() {
        restoreOutstanding();
    }

    /** An ended execution that nobody has asked about yet, or null. */
    ExecutionId pollEnded() {
        return ended.poll();
    }

    long deadline() {
        return exchange.deadline(!blocked && (waiting != null || outbox.next().isPresent()));
    }

    void pump(long now) {
        if (blocked || !exchange.mayStart(now)) {
            return;
        }
        Optional<FinalState> last = outbox.next();
        if (last.isPresent()) {
            FinalState state = last.get();
            boolean bare = state.id().equals(bareFinal);
            StatusDetails details = bare ? StatusDetails.none() : state.details();
            send(new Update(state.id(), state.status(), details, bare), now);
        } else if (current != null && waiting != null) {
            lastReport = waiting;
            waiting = null;
            send(new Update(current, JobStatus.IN_PROGRESS, lastReport, false), now);
        }
    }

    private void send(Update update, long now) {
        String token = requests.nextToken();
        exchange.start(token, now);
        outstanding = update;
        effects.add(requests.update(
                update.id(), update.status(), update.details().entries(), expected(update.id()), token));
    }

    /** The version that AWS must have for an update to be meant for this execution; 0 if none is known. */
    private long expected(ExecutionId id) {
        return id.equals(current) ? version : leftVersions.getOrDefault(id, 0L);
    }

    private void learn(ExecutionId id, long seen) {
        if (id.equals(current)) {
            version = seen;
        } else {
            leftVersions.put(id, seen);
        }
    }

    /** A reply on one of the topics {@code JOBID/update/accepted} and {@code JOBID/update/rejected}. */
    void reply(String topic, JobsReply reply, long now) {
        if (outstanding == null || !exchange.matches(reply)) {
            return;
        }
        String prefix = outstanding.id().jobId() + "/update/";
        if (topic.equals(prefix + "accepted")) {
            exchange.succeed();
            accepted(take(), reply.executionState());
        } else if (topic.equals(prefix + "rejected")) {
            refused(reply, now);
        }
    }

    private Update take() {
        Update update = outstanding;
        outstanding = null;
        return update;
    }

    private void accepted(Update update, Optional<State> state) {
        conflictCount = 0;
        if (update.status().isTerminal()) {
            end(update.id());
        } else if (update.id().equals(current)) {
            version = state.map(State::version).filter(v -> v > 0).orElse(version + 1);
            taken = true;
        }
        events.add(new UpdateAccepted(update.id(), update.status()));
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
        Update update = take();
        if (code.equals("ResourceNotFound")) {
            gone(new JobGone(
                    update.id(), Reason.JOB_DELETED, "The execution " + update.id() + " does not exist any more."));
        } else {
            refusedForItsForm(update, reply);
        }
    }

    private void refusedForItsForm(Update update, JobsReply reply) {
        events.add(new RequestRefused(reply.code(), "AWS refused an update: " + reply.message()));
        if (update.status().isTerminal()) {
            if (update.bare()) {
                end(update.id());
            } else {
                // The end of a job matters more than what is said about it.
                bareFinal = update.id();
            }
        }
    }

    private void conflict(JobsReply reply, long now) {
        Optional<State> state = reply.executionState();
        Update update = outstanding;
        conflictCount++;
        if (state.isEmpty()) {
            exchange.succeed();
            take();
            gone(new JobGone(
                    update.id(),
                    Reason.JOB_CANCELED,
                    "AWS refuses updates of " + update.id() + ": " + reply.code() + "."));
        } else if (state.get().status() == update.status() && update.status().isTerminal()) {
            exchange.succeed();
            accepted(take(), state);
        } else if (state.get().status().isTerminal()) {
            exchange.succeed();
            take();
            gone(JobsAgent.gone(update.id(), state.get().status()));
        } else {
            behindVersion(update, state.get(), now);
        }
    }

    /** The execution goes on at another version than we thought: by a lost reply of ours, or by somebody else's hand. */
    private void behindVersion(Update update, State state, long now) {
        if (state.version() > 0 && state.version() < expected(update.id())) {
            exchange.succeed();
            take();
            replaced(update.id());
            return;
        }
        boolean foreign = JobsRequests.hasSession(state.details()) && !requests.isOwn(state.details());
        if (taken && foreign || conflictCount > MAX_CONFLICTS) {
            exchange.succeed();
            take();
            takenOver(update.id());
            return;
        }
        if (conflictCount > 1) {
            exchange.fail(now);
        } else {
            exchange.succeed();
        }
        if (state.version() > 0) {
            learn(update.id(), state.version());
        }
        restoreOutstanding();
    }

    /** A version never goes down: under this name AWS has another execution by now, which is not to get our end. */
    void replaced(ExecutionId id) {
        gone(new JobGone(id, Reason.JOB_DELETED, "The job of " + id + " was deleted and made anew under its name."));
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
            leftVersions.remove(id);
        }
        if (id.equals(current)) {
            current = null;
            waiting = null;
        }
        ended.add(id);
    }

    /** A report goes back in line unless a newer one is there; a final state never left the outbox. */
    private void restoreOutstanding() {
        Update update = outstanding;
        outstanding = null;
        boolean report =
                update != null && !update.status().isTerminal() && update.id().equals(current);
        if (report && waiting == null && !finishing) {
            waiting = update.details();
        }
    }

    @Override
    public String toString() {
        return "version " + version + (taken ? ", taken" : "") + ", outstanding "
                + (outstanding == null ? "nothing" : outstanding.status());
    }
}
