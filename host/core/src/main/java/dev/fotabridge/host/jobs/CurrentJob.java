package dev.fotabridge.host.jobs;

import dev.fotabridge.host.jobs.JobsEvent.DocumentRefreshed;
import dev.fotabridge.host.jobs.JobsEvent.JobOffered;
import dev.fotabridge.host.jobs.JobsEvent.NextJobAnnounced;
import dev.fotabridge.host.jobs.JobsEvent.QueueEmpty;
import dev.fotabridge.host.jobs.JobsEvent.RequestRefused;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Which execution is worked on, by what AWS says of the queue: each is offered once, one at a time.
 * Tested by JobsAgentTest.
 */
final class CurrentJob {
    private static final int MAX_REMEMBERED = 64;

    private final Outbox outbox;
    private final UpdateQueue updates;
    private final HeadQuestion question;
    private final Queue<JobsEvent> events;
    /** Executions that are over, so that a late message about one does not offer it again. */
    private final Set<ExecutionId> over = new LinkedHashSet<>();

    private JobExecution current;
    private boolean refreshWanted;

    CurrentJob(Outbox outbox, UpdateQueue updates, HeadQuestion question, Queue<JobsEvent> events) {
        this.outbox = outbox;
        this.updates = updates;
        this.question = question;
        this.events = events;
    }

    /** What is worked on, or null. */
    JobExecution current() {
        return current;
    }

    /** Asks for the document once more. */
    void refresh() {
        if (current != null) {
            refreshWanted = true;
            question.want();
        }
    }

    /** A list of what is queued or in progress, as notify has it. */
    void queueChanged(JobsReply reply) {
        if (current == null) {
            question.want();
        } else if (!reply.lists(current.id().jobId())) {
            updates.probe();
        }
    }

    /** The answer to our question for the head. */
    void answered(JobsReply reply) {
        head(reply);
        if (refreshWanted && current != null) {
            // Not at the head any more: the old document, so that nobody waits for ever; the probe says the rest.
            refreshed();
        }
    }

    /** The queue's head, or that there is none. */
    void head(JobsReply reply) {
        JobExecution head = reply.execution().orElse(null);
        if (reply.hasExecution() && head == null) {
            events.add(new RequestRefused("InvalidExecution", "AWS describes an execution without id or version."));
            return;
        }
        if (head != null) {
            endWhatItReplaces(head.id());
        }
        if (current == null) {
            offer(head);
        } else if (head != null && head.id().equals(current.id())) {
            refresh(head);
        } else {
            otherHead(head);
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
        } else if (outbox.holds(head.id())) {
            updates.described(head);
        } else if (!over.contains(head.id()) && !head.status().isTerminal()) {
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

    private void otherHead(JobExecution head) {
        if (head != null) {
            updates.described(head);
            if (!over.contains(head.id())) {
                events.add(new NextJobAnnounced(head));
            }
        }
        updates.probe();
    }

    /** Takes note of executions that the update queue has seen the end of, and asks for the next one. */
    void settleOver() {
        for (ExecutionId ended = updates.pollEnded(); ended != null; ended = updates.pollEnded()) {
            over.add(ended);
            if (current != null && current.id().equals(ended)) {
                current = null;
                refreshWanted = false;
            }
            question.want();
        }
        while (over.size() > MAX_REMEMBERED) {
            over.remove(over.iterator().next());
        }
    }
}
