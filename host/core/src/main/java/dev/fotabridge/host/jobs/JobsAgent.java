package dev.fotabridge.host.jobs;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.protocol.time.Deadline;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The device's half of AWS IoT Jobs for one thing as a pure state machine. Events of the connection, time and
 * commands go in; effects, events and a deadline come out. Times are nanoseconds of one monotonic clock. Not
 * thread-safe.
 *
 * <p>On every connection it subscribes and asks for the queue's head ($next/get); notify-next and notify report
 * changes. One execution at a time is offered. At most one update is outstanding: a report made meanwhile waits
 * behind it, and a newer one takes its place ({@link UpdateQueue}). The final state of an execution is in the outbox
 * before anything is sent, and stays there until AWS has an end for it.
 *
 * <p>When the head changes while an execution is worked on, or a notify does not list it any more, the agent repeats
 * the last report: AWS either takes it, or its refusal says what has become of the execution.
 */
public final class JobsAgent {
    /** Requests in a row without a reply, after which the connection is taken for dead. */
    private static final int MAX_LOST_REPLIES = 3;

    private enum Link {
        DOWN,
        SUBSCRIBING,
        UP
    }

    private final JobsTopics topics;
    private final Outbox outbox;
    private final UpdateQueue updates;
    private final HeadQuestion question;
    private final CurrentJob job;
    private final Queue<JobsEffect> effects = new ArrayDeque<>();
    private final Queue<JobsEvent> events = new ArrayDeque<>();

    private Link link = Link.DOWN;

    /** Whether this connection has delivered a Jobs message that could not be read. */
    private boolean isUnreadable;

    /** Starts without a connection; sends the outbox's content on the first one. */
    public JobsAgent(JobsAgentConfig config, Outbox outbox) {
        this.outbox = outbox;
        topics = new JobsTopics(config.thingName());
        JobsRequests requests = new JobsRequests(config, topics);
        question = new HeadQuestion(requests, new Exchange(config.replyTimeoutNanos()));
        updates = new UpdateQueue(requests, outbox, new Exchange(config.replyTimeoutNanos()), effects, events);
        job = new CurrentJob(outbox, updates, question, events);
    }

    /** A connection with a clean session is open. */
    public void connected(long now) {
        disconnected();
        isUnreadable = false;
        link = Link.SUBSCRIBING;
        effects.add(new JobsEffect.Subscribe(topics.filters()));
    }

    /** The filters of the last Subscribe are granted. */
    public void subscribed(long now) {
        if (link == Link.SUBSCRIBING) {
            link = Link.UP;
            question.want();
            pump(now);
        }
    }

    /** The connection is gone. */
    public void disconnected() {
        link = Link.DOWN;
        question.drop();
        updates.disconnected();
        effects.clear();
    }

    /**
     * A message came in.
     *
     * @return whether the topic is one of this thing's Jobs topics
     */
    public boolean message(String topic, byte[] payload, long now) {
        String rest = topics.withoutPrefix(topic);
        if (rest == null) {
            return false;
        }
        if (link == Link.UP) {
            JobsReply.parse(payload)
                    .ifPresentOrElse(reply -> dispatch(rest, reply, now), () -> unreadable(rest, payload.length));
            job.settleOver();
            pump(now);
        }
        return true;
    }

    private void unreadable(String rest, int bytes) {
        if (!isUnreadable) {
            events.add(new RequestRefused(
                    "UnreadableReply", "What AWS sent on " + rest + " (" + bytes + " bytes) is not one JSON object."));
        }
        isUnreadable = true;
    }

    private void dispatch(String rest, JobsReply reply, long now) {
        switch (rest) {
            case "notify-next" -> job.head(reply);
            case "notify" -> job.queueChanged(reply);
            case "$next/get/accepted" -> described(reply);
            case "$next/get/rejected" -> describeRefused(reply, now);
            default -> updates.reply(rest, reply, now);
        }
    }

    private void described(JobsReply reply) {
        if (question.isAnsweredBy(reply)) {
            updates.unblock();
            job.answered(reply);
        }
    }

    private void describeRefused(JobsReply reply, long now) {
        if (question.isRefusedBy(reply, now)) {
            updates.unblock();
            if (!UpdateQueue.isTransient(reply.code())) {
                events.add(new RequestRefused(reply.code(), "AWS refused $next/get: " + reply.message()));
            }
        }
    }

    /** Runs what is due; early calls do nothing. */
    public void tick(long now) {
        if (link != Link.UP) {
            return;
        }
        if (question.expire(now)) {
            updates.unblock();
            reconnectIfDeaf(question.exchange(), topics.getNext());
        }
        String topic = updates.topicInUse();
        if (updates.exchange().expire(now)) {
            updates.replyLost();
            reconnectIfDeaf(updates.exchange(), topic);
        }
        pump(now);
    }

    private void reconnectIfDeaf(Exchange exchange, String topic) {
        if (exchange.lostReplyCount() >= MAX_LOST_REPLIES) {
            effects.add(new JobsEffect.Reconnect(isUnreadable ? unreadableReplies() : nobodyAnswers(topic)));
        }
    }

    private static FotaException unreadableReplies() {
        return new FotaException(
                Reason.CLOUD_UNREACHABLE,
                "The endpoint answered " + MAX_LOST_REPLIES + " requests with messages that are not one JSON object.");
    }

    private static FotaException nobodyAnswers(String topic) {
        return new FotaException(
                Reason.CLOUD_POLICY,
                "Nobody answered " + MAX_LOST_REPLIES + " requests: either the policy does not allow iot:Publish on"
                        + " topic/" + topic + " and iot:Receive on the replies below it, or the service is not"
                        + " answering at present.");
    }

    private void pump(long now) {
        if (link != Link.UP) {
            return;
        }
        question.pump(now).ifPresent(effects::add);
        updates.pump(now);
    }

    /** Returns the time at which {@link #tick} is next useful, or Deadline.NEVER. It may change after every call. */
    public long deadline() {
        if (link != Link.UP) {
            return Deadline.NEVER;
        }
        return Math.min(question.deadline(), updates.deadline());
    }

    /** Returns the next effect, in order, or null. */
    public JobsEffect pollEffect() {
        return effects.poll();
    }

    /** Returns the next event, in order, or null. */
    public JobsEvent poll() {
        return events.poll();
    }

    /** Returns the execution that is offered and has no end at AWS yet; empty if there is none. */
    public Optional<ExecutionId> offered() {
        return Optional.ofNullable(job.current()).map(JobExecution::id);
    }

    /**
     * Reports progress as IN_PROGRESS; the first report takes the job. Replaces a report that has not been sent yet. Does
     * nothing if the execution is not the offered one: what is said of a job that AWS has ended is not said of the next.
     */
    public void report(ExecutionId id, StatusDetails details, long now) {
        if (isOffered(id)) {
            updates.report(details);
            pump(now);
        }
    }

    private boolean isOffered(ExecutionId id) {
        return offered().filter(id::equals).isPresent();
    }

    /**
     * Ends an execution. Does nothing if it is not the offered one.
     *
     * @param status SUCCEEDED, FAILED or REJECTED
     * @return whether AWS is told
     * @throws FotaException when the outbox cannot be written; the end is sent to AWS all the same, but it is
     *     lost if this process ends before AWS has taken it
     */
    public boolean finish(ExecutionId id, JobStatus status, StatusDetails details, long now) throws FotaException {
        if (!isOffered(id)) {
            return false;
        }
        try {
            outbox.put(new FinalState(id, status, details, updates.version()));
        } finally {
            updates.finishing();
            pump(now);
        }
        return true;
    }

    /**
     * Tells AWS an end that the caller keeps, whether the execution is offered or not: AWS says what has become of it. UpdateAccepted,
     * JobGone or EndRefused follows.
     *
     * @throws FotaException when the outbox's store cannot be written; the end is sent to AWS all the same
     */
    public void tell(FinalState end, long now) throws FotaException {
        if (isOffered(end.id())) {
            finish(end.id(), end.status(), end.details(), now);
            return;
        }
        try {
            outbox.put(end);
        } finally {
            updates.keptEnd(end);
            pump(now);
        }
    }

    /** Returns whether AWS has set this execution IN_PROGRESS for us, and has described it since: nobody else's is meant. */
    public boolean isTaken(ExecutionId id) {
        return isOffered(id) && updates.isTaken();
    }

    /**
     * Asks for the current execution's document again, for a fresh presigned URL; DocumentRefreshed or JobGone
     * follows.
     */
    public void refreshDocument(long now) {
        job.refresh();
        pump(now);
    }

    /** Returns one line for logs and failed tests. */
    @Override
    public String toString() {
        return "JobsAgent " + link + ", current " + job.current() + ", " + updates + ", outbox "
                + outbox.waiting().size();
    }
}
