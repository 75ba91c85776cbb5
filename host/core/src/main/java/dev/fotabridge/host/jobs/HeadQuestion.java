package dev.fotabridge.host.jobs;

import java.util.Optional;

/**
 * The question for the queue's head ($next/get): whether it is to be asked, and whether an answer is awaited.
 * Tested by JobsAgentTest.
 */
final class HeadQuestion {
    private final JobsRequests requests;
    private final Exchange exchange;
    private boolean wanted;

    HeadQuestion(JobsRequests requests, Exchange exchange) {
        this.requests = requests;
        this.exchange = exchange;
    }

    Exchange exchange() {
        return exchange;
    }

    void want() {
        wanted = true;
    }

    /** The question, when it is time for it. */
    Optional<JobsEffect> pump(long now) {
        if (!wanted || !exchange.mayStart(now)) {
            return Optional.empty();
        }
        // What comes up while the answer is on its way is asked again: the answer may be older.
        wanted = false;
        String token = requests.nextToken();
        exchange.start(token, now);
        return Optional.of(requests.describeNext(token));
    }

    /** Whether the reply is the awaited one; then nothing is awaited any more. */
    boolean isAnsweredBy(JobsReply reply) {
        boolean matches = exchange.matches(reply);
        if (matches) {
            exchange.succeed();
        }
        return matches;
    }

    /** Whether the reply refuses the awaited answer; then it is asked again, after a pause. */
    boolean isRefusedBy(JobsReply reply, long now) {
        boolean matches = exchange.matches(reply);
        if (matches) {
            exchange.fail(now);
            wanted = true;
        }
        return matches;
    }

    /** Whether the answer is overdue; then it is asked again. */
    boolean expire(long now) {
        boolean expired = exchange.expire(now);
        wanted |= expired;
        return expired;
    }

    void drop() {
        exchange.drop();
    }

    long deadline() {
        return exchange.deadline(wanted);
    }
}
