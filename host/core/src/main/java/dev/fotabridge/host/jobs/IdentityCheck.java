package dev.fotabridge.host.jobs;

import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import java.util.Optional;
import java.util.Queue;

/**
 * Asks AWS which execution it has under a job's name ({@code JOBID/get}), before anything is told about one that is in
 * doubt: a job may have been deleted and made anew under its old name, with number and version of the old one.
 * Tested by JobIdentityTest.
 */
final class IdentityCheck {
    /** So many questions in a row without an answer, and it goes without; AWS hangs up on whom its policy forbids to ask. */
    private static final int MAX_UNANSWERED = 3;

    enum Verdict {
        /** As far as AWS says; what it does not say is left to the version that an update expects. */
        SAME,
        /** It has an end, which AWS does not name here. */
        ENDED,
        REPLACED,
        GONE
    }

    record Answer(ExecutionId id, Verdict verdict) {}

    private final JobsRequests requests;
    private final KnownExecutions known;
    private final Exchange exchange;
    private ExecutionId asked;
    private int unansweredCount;

    /** Uses the exchange that updates use: there is one request at a time. */
    IdentityCheck(JobsRequests requests, KnownExecutions known, Exchange exchange) {
        this.requests = requests;
        this.known = known;
        this.exchange = exchange;
    }

    boolean isAsking() {
        return asked != null;
    }

    /** False once nobody has answered for too long; then the execution counts as certain, and the event says so. */
    boolean isWorthAsking(ExecutionId id, Queue<JobsEvent> events) {
        if (unansweredCount < MAX_UNANSWERED) {
            return true;
        }
        unansweredCount = 0;
        known.notDescribed(id);
        String topic = requests.topics().get("*");
        events.add(new RequestRefused(
                "NoAnswer",
                "Nobody answered the question for " + id + ": does the policy allow iot:Publish on topic/" + topic
                        + " and iot:Receive on the replies below it?"));
        return false;
    }

    JobsEffect ask(ExecutionId id, long now) {
        asked = id;
        String token = requests.nextToken();
        exchange.start(token, now);
        return requests.describe(id, token);
    }

    void replyLost() {
        if (asked != null) {
            asked = null;
            unansweredCount++;
        }
    }

    /** Reads a reply that matches; empty if its topic is another one, or if AWS asks for patience. */
    Optional<Answer> answer(String topic, JobsReply reply, long now) {
        ExecutionId id = asked;
        boolean accepted = topic.equals(id.jobId() + "/get/accepted");
        if (!accepted && !topic.equals(id.jobId() + "/get/rejected")) {
            return Optional.empty();
        }
        asked = null;
        unansweredCount = 0;
        if (!accepted && UpdateQueue.isTransient(reply.code())) {
            exchange.fail(now);
            return Optional.empty();
        }
        exchange.succeed();
        return Optional.of(accepted ? compare(id, reply) : refusal(id, reply));
    }

    /** Without an execution that can be read, or of one that is over, only the version tells. */
    private Answer compare(ExecutionId id, JobsReply reply) {
        Optional<JobExecution> seen = reply.execution();
        if (seen.isPresent() && !id.mayBe(seen.get().id())) {
            return new Answer(id, Verdict.REPLACED);
        }
        seen.ifPresentOrElse(
                execution -> known.described(id, execution.versionNumber(), execution.status()),
                () -> known.notDescribed(id));
        return new Answer(id, Verdict.SAME);
    }

    private Answer refusal(ExecutionId id, JobsReply reply) {
        if (reply.code().equals("ResourceNotFound")) {
            return new Answer(id, Verdict.GONE);
        }
        known.notDescribed(id);
        return new Answer(id, reply.code().equals("TerminalStateReached") ? Verdict.ENDED : Verdict.SAME);
    }
}
