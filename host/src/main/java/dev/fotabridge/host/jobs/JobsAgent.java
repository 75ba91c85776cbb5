package dev.fotabridge.host.jobs;

import dev.fotabridge.host.jobs.JobsEvent.DocumentRefreshed;
import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.JobOffered;
import dev.fotabridge.host.jobs.JobsEvent.NextJobAnnounced;
import dev.fotabridge.host.jobs.JobsEvent.QueueEmpty;
import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;

/**
 * The device's half of AWS IoT Jobs for one thing, as a pure state machine: what happened on the connection, time and
 * commands in; effects, events and a deadline out. Times are nanoseconds of one monotonic clock. Not thread-safe.
 *
 * <p>On every connection it subscribes and asks for the queue's head ($next/get); notify-next and notify tell it of
 * changes. One execution at a time is offered. At most one update is outstanding: a report made meanwhile waits behind
 * it, and a newer one takes its place ({@link UpdateQueue}). The final state of an execution is in the outbox before
 * anything is sent, and stays there until AWS has an end for it.
 *
 * <p>When the head changes while an execution is worked on, or a notify does not list it any more, the agent repeats the
 * last report: AWS either takes it, or its refusal says what has become of the execution.
 */
public final class JobsAgent {
    /** What {@link #deadline} says when nothing is due. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Requests in a row without a reply, after which the connection is taken for dead. */
    private static final int MAX_LOST_REPLIES = 3;

    private static final int MAX_REMEMBERED = 64;

    private enum Link {
        DOWN,
        SUBSCRIBING,
        UP
    }

    private final JobsTopics topics;
    private final JobsRequests requests;
    private final Outbox outbox;
    private final UpdateQueue updates;
    private final Exchange describe;
    private final Queue<JobsEffect> effects = new ArrayDeque<>();
    private final Queue<JobsEvent> events = new ArrayDeque<>();
    /** Executions that are over, so that a late message about one does not offer it again. */
    private final Set<ExecutionId> over = new LinkedHashSet<>();

    private Link link = Link.DOWN;
    private boolean describeWanted;
    private boolean refreshWanted;
    private JobExecution current;

    /** Starts without a connection; what the outbox holds is sent on the first one. */
    public JobsAgent(JobsAgentConfig config, Outbox outbox) {
        this.outbox = outbox;
        topics = new JobsTopics(config.thingName());
        requests = new JobsRequests(config, topics);
        describe = new Exchange(config.replyTimeoutNanos());
        updates = new UpdateQueue(requests, outbox, new Exchange(config.replyTimeoutNanos()), effects, events);
    }

    /** A clean session is up. */
    public void connected(long now) {
        disconnected();
        link = Link.SUBSCRIBING;
        effects.add(new JobsEffect.Subscribe(topics.filters()));
    }

    /** The filters of the last Subscribe are granted. */
    public void subscribed(long now) {
        if (link == Link.SUBSCRIBING) {
            link = Link.UP;
            describeWanted = true;
            pump(now);
        }
    }

    /** The connection is gone. */
    public void disconnected() {
        link = Link.DOWN;
        describe.drop();
        updates.disconnected();
        effects.clear();
    }

    /**
     * A message came in.
     *
     * @return whether it was one of this thing's jobs; if not, it is somebody else's
     */
    public boolean message(String topic, byte[] payload, long now) {
        String rest = topics.withoutPrefix(topic);
        if (rest == null) {
            return false;
        }
        if (link == Link.UP) {
            JobsReply.parse(payload).ifPresent(reply -> dispatch(rest, reply, now));
            settleOver();
            pump(now);
        }
        return true;
    }

    private void dispatch(String rest, JobsReply reply, long now) {
        switch (rest) {
            case "notify-next" -> head(reply);
            case "notify" -> queueChanged(reply);
            case "$next/get/accepted" -> described(reply);
            case "$next/get/rejected" -> describeRefused(reply, now);
            default -> updates.reply(rest, reply, now);
        }
    }

    private void described(JobsReply reply) {
        if (describe.matches(reply)) {
            describe.succeed();
            updates.unblock();
            head(reply);
            if (refreshWanted && current != null) {
                // Not at the head any more: the old document, so that nobody waits for ever; the probe says the rest.
                refreshed();
            }
        }
    }

    private void describeRefused(JobsReply reply, long now) {
        if (describe.matches(reply)) {
            describe.fail(now);
            describeWanted = true;
            updates.unblock();
            if (!UpdateQueue.isTransient(reply.code())) {
                events.add(new RequestRefused(reply.code(), "AWS refused $next/get: " + reply.message()));
            }
        }
    }

    private void queueChanged(JobsReply reply) {
        if (current == null) {
            describeWanted = true;
        } else if (!reply.lists(current.id().jobId())) {
            updates.probe();
        }
    }

    private void head(JobsReply reply) {
        if (reply.hasExecution() && reply.execution().isEmpty()) {
            events.add(new RequestRefused("InvalidExecution", "AWS describes an execution without id or version."));
            return;
        }
        JobExecution head = reply.execution().orElse(null);
        if (head != null) {
            endWhatItReplaces(head.id());
        }
        if (current == null) {
            offer(head);
        } else if (head != null && head.id().equals(current.id())) {
            refresh(head);
        } else {
            if (head != null && !over.contains(head.id())) {
                events.add(new NextJobAnnounced(head));
            }
            updates.probe();
        }
    }

    private void endWhatItReplaces(ExecutionId head) {
        Set<ExecutionId> known = new LinkedHashSet<>();
        outbox.waiting().forEach(state -> known.add(state.id()));
        if (current != null) {
            known.add(current.id());
        }
        known.stream().filter(head::replaces).forEach(updates::replaced);
        settleOver();
    }

    private void offer(JobExecution head) {
        if (head == null) {
            events.add(new QueueEmpty());
        } else if (!over.contains(head.id())
                && !outbox.holds(head.id())
                && !head.status().isTerminal()) {
            current = head;
            updates.begin(head);
            events.add(new JobOffered(head));
        }
    }

    private void refresh(JobExecution head) {
        if (head.versionNumber() < updates.version()) {
            return;
        }
        current = head;
        updates.described(head);
        if (refreshWanted) {
            refreshed();
        }
    }

    private void refreshed() {
        refreshWanted = false;
        events.add(new DocumentRefreshed(current));
    }

    /** Takes note of executions that the update queue has seen the end of, and asks for the next one. */
    private void settleOver() {
        ExecutionId ended = updates.pollEnded();
        while (ended != null) {
            over.add(ended);
            if (current != null && current.id().equals(ended)) {
                current = null;
                refreshWanted = false;
            }
            describeWanted = true;
            ended = updates.pollEnded();
        }
        while (over.size() > MAX_REMEMBERED) {
            over.remove(over.iterator().next());
        }
    }

    /** Runs what is due; early calls do nothing. */
    public void tick(long now) {
        if (link != Link.UP) {
            return;
        }
        if (describe.expire(now)) {
            describeWanted = true;
            updates.unblock();
            reconnectIfDeaf(describe, topics.getNext());
        }
        if (updates.exchange().expire(now)) {
            updates.replyLost();
            reconnectIfDeaf(updates.exchange(), topics.update("*"));
        }
        pump(now);
    }

    private void reconnectIfDeaf(Exchange exchange, String topic) {
        if (exchange.lostReplyCount() >= MAX_LOST_REPLIES) {
            effects.add(new JobsEffect.Reconnect(new FotaException(
                    Reason.CLOUD_POLICY,
                    "Nobody answered " + MAX_LOST_REPLIES + " requests: either the policy does not allow iot:Publish on"
                            + " topic/" + topic + " and iot:Receive on the replies below it, or the service is not"
                            + " answering at present.")));
        }
    }

    private void pump(long now) {
        if (link != Link.UP) {
            return;
        }
        if (describeWanted && describe.mayStart(now)) {
            String token = requests.nextToken();
            // What comes up while the answer is on its way is asked again: the answer may be older.
            describeWanted = false;
            describe.start(token, now);
            effects.add(requests.describeNext(token));
        }
        updates.pump(now);
    }

    /** When tick is next useful, or NEVER. May change after every call. */
    public long deadline() {
        if (link != Link.UP) {
            return NEVER;
        }
        return Math.min(describe.deadline(describeWanted), updates.deadline());
    }

    /** The next effect, in order, or null. */
    public JobsEffect pollEffect() {
        return effects.poll();
    }

    /** The next event, in order, or null. */
    public JobsEvent poll() {
        return events.poll();
    }

    /**
     * Reports progress of the offered execution as IN_PROGRESS; the first report takes the job. Replaces a report that
     * has not been sent yet. Does nothing when the execution is gone or finished.
     */
    public void report(StatusDetails details, long now) {
        updates.report(details);
        pump(now);
    }

    /**
     * Ends the offered execution; nothing happens when there is none.
     *
     * @param status SUCCEEDED, FAILED or REJECTED
     * @throws FotaException when the outbox cannot be written; then nothing was sent
     */
    public void finish(JobStatus status, StatusDetails details, long now) throws FotaException {
        if (current != null) {
            outbox.put(new FinalState(current.id(), status, details, updates.version()));
            updates.finishing();
            pump(now);
        }
    }

    /** Asks for the current execution's document again, for a fresh presigned URL; DocumentRefreshed or JobGone follows. */
    public void refreshDocument(long now) {
        if (current != null) {
            refreshWanted = true;
            describeWanted = true;
            pump(now);
        }
    }

    /** One line for logs and failed tests. */
    @Override
    public String toString() {
        return "JobsAgent " + link + ", current " + current + ", " + updates + ", outbox "
                + outbox.waiting().size();
    }

    /** Makes the event that an execution is gone. */
    static JobGone gone(ExecutionId id, JobStatus status) {
        switch (status) {
            case CANCELED:
                return new JobGone(id, Reason.JOB_CANCELED, "The execution " + id + " was cancelled at AWS.");
            case TIMED_OUT:
                return new JobGone(id, Reason.JOB_TIMED_OUT, "The timer of the execution " + id + " ran out at AWS.");
            case REMOVED:
                return new JobGone(id, Reason.JOB_DELETED, "The execution " + id + " was removed at AWS.");
            default:
                return new JobGone(
                        id, Reason.JOB_TAKEN_OVER, "The execution " + id + " is " + status + ", by somebody else.");
        }
    }
}
