package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardLink;
import dev.fotabridge.host.update.UpdateJournal;
import dev.fotabridge.host.update.UpdatePlan;
import dev.fotabridge.protocol.time.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes back an image that is pending for an execution that AWS ended while no host ran or no board was connected:
 * the slot is made harmless, or the board returns to its old image. The journal stays until its own board has
 * confirmed that; another board is not touched. A few tries, each with a time limit; afterwards one try whenever the
 * board is heard.
 * Tested by SequenceSweepSimTest.
 */
public final class TakeBack {
    private static final int MAX_TRIES = 3;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final JournalStore journals;
    private final BoardLink link;
    private final long linkNanos;
    private final Consumer<BayEvent> log;

    private final Deque<UpdateJournal> left = new ArrayDeque<>();
    private final Deque<UpdateJournal> again = new ArrayDeque<>();
    private int tries;
    private long retryAt = Deadline.NEVER;
    private long notBefore;
    private UpdateRunner runner;

    /** Does nothing until {@link #begin}. @param log takes sentences for people */
    public TakeBack(JournalStore journals, BoardLink link, Duration linkTimeout, Consumer<BayEvent> log) {
        this.journals = journals;
        this.link = link;
        this.linkNanos = linkTimeout.toNanos();
        this.log = log;
    }

    /**
     * AWS has nothing for this board, or another execution.
     *
     * @param execution that AWS has now; empty for none
     * @return whether there is an image to take back; if so, that has begun
     */
    public boolean begin(String execution, long now) throws FotaException {
        left.clear();
        again.clear();
        journals.load().stream()
                .filter(j -> j.mayBePending() && !j.execution().equals(execution))
                .forEach(left::add);
        tries = 1;
        startNext(now);
        return isRunning();
    }

    private void startNext(long now) {
        retryAt = Deadline.NEVER;
        if (!left.isEmpty()) {
            start(left.peek(), now);
        }
    }

    private void start(UpdateJournal journal, long now) {
        log.accept(new BayEvent.Log("AWS has ended " + journal.execution() + "; its image is taken back."));
        runner = new UpdateRunner(
                plan(journal), new byte[0], link, new KnownImages(), journals, List.of(journal), this::tell);
        runner.start(now);
        runner.cancel(Reason.JOB_CANCELED, "The execution is over at AWS.", now);
        settle(now);
    }

    /** Returns a plan that sends nothing, since the flow is cancelled from the beginning. */
    private UpdatePlan plan(UpdateJournal journal) {
        return new UpdatePlan(
                journal.execution(),
                journal.imageHash(),
                journal.fileSha256(),
                "",
                CompleteOn.CONFIRMED,
                linkNanos,
                linkNanos,
                board -> {},
                journal.target());
    }

    private void tell(BayEvent event) {
        if (event instanceof BayEvent.Log) {
            log.accept(event);
        }
    }

    /** Returns whether a board is being asked now. */
    public boolean isRunning() {
        return runner != null;
    }

    /** Advances the running try, and begins the next one when it is due. */
    public void step(long now) {
        if (isRunning()) {
            runner.step(now);
            settle(now);
        } else if (now >= retryAt) {
            tries++;
            left.addAll(again);
            again.clear();
            startNext(now);
        }
    }

    private void settle(long now) {
        if (runner.verdict().isEmpty()) {
            return;
        }
        boolean done = !runner.mayBePending();
        log.accept(new BayEvent.Log(runner.verdict().get().message()));
        runner = null;
        UpdateJournal journal = left.remove();
        if (done) {
            forget(journal);
        } else {
            again.add(journal);
        }
        if (!left.isEmpty()) {
            startNext(now);
        } else if (!again.isEmpty()) {
            notBefore = now + PAUSE_NANOS;
            retryAt = tries < MAX_TRIES ? notBefore : Deadline.NEVER;
        }
    }

    private void forget(UpdateJournal journal) {
        try {
            journals.remove(Optional.of(journal));
        } catch (FotaException e) {
            // The next start asks the board once more, which does no harm.
            log.accept(new BayEvent.Log(e.getMessage()));
        }
    }

    /** Forgets what is left to take back: a job uses the board now, and its own journal follows. */
    public void giveWay() {
        left.clear();
        again.clear();
        retryAt = Deadline.NEVER;
    }

    /** The board has printed something. If the tries are used up, it is asked once more. */
    public void boardHeard(long now) {
        if (!isRunning() && !again.isEmpty()) {
            retryAt = Math.min(retryAt, Math.max(now, notBefore));
        }
    }

    /** Ends the running try; nothing more is taken back in this run. */
    public void interrupt(long now) {
        if (isRunning()) {
            runner.interrupt(now);
        }
    }

    /** Returns when the next step is useful, nanoseconds. */
    public long deadline() {
        return isRunning() ? runner.deadline() : retryAt;
    }
}
