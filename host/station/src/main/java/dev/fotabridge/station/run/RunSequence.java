package dev.fotabridge.station.run;

import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.RunResult;
import dev.fotabridge.station.ledger.AttemptEnd;
import dev.fotabridge.station.ledger.CloudAnswer;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.StoredEnd;
import dev.fotabridge.station.ledger.UntoldEnd;
import dev.fotabridge.station.verdict.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run, from its row to AWS's answer: each step of {@link RunStep} is done before the next one begins. A step that fails because
 * something cannot be stored is done again at the next {@link #advance}, and nothing behind it happens meanwhile. The board's part is told by
 * {@link #ended}. For one thread at a time.
 * Tested by StationSweepSimTest.
 */
final class RunSequence {
    /**
     * What a run works with.
     *
     * @param ledger where it is recorded
     * @param boards the board
     * @param cloud AWS, if the run is for a job
     */
    record Ports(Ledger ledger, BoardsPort boards, CloudPort cloud) {}

    private final Ports ports;
    private final String run;
    private final CloudPort.Job job;

    private RunStep next;
    private boolean asked;
    private long beganAt;
    private BoardsPort.Order order;

    private Optional<RunResult> result = Optional.empty();
    private AttemptEnd.Seen seen = AttemptEnd.Seen.NOTHING;
    private UntoldEnd untold;
    private Optional<CloudAnswer> answer = Optional.empty();
    private boolean discarded;

    private RunSequence(Ports ports, String run, CloudPort.Job job, RunStep next) {
        this.ports = ports;
        this.run = run;
        this.job = job;
        this.next = next;
    }

    /** Makes the sequence of a run whose row is committed. */
    static RunSequence ofRecorded(Ports ports, String run, CloudPort.Job job, long now) {
        RunSequence sequence = new RunSequence(ports, run, job, RunStep.TAKE);
        sequence.beganAt = now;
        return sequence;
    }

    /** Makes the sequence of a run that a station before this one has ended, and that AWS has not answered. */
    static RunSequence ofUntold(Ports ports, UntoldEnd end) {
        CloudPort.Job job = new CloudPort.Job(end.thing(), end.jobId(), end.execution());
        RunSequence sequence = new RunSequence(ports, end.run(), job, RunStep.TELL);
        sequence.untold = end;
        return sequence;
    }

    /** The bay has its running slot: the job is taken, then the board is begun. */
    void begin(BoardsPort.Order toBegin) {
        order = toBegin;
        asked = false;
        takeOrBegin();
    }

    private void takeOrBegin() {
        if (next == RunStep.TAKE && job.jobId().isEmpty()) {
            next = RunStep.BOARD;
        }
        if (next == RunStep.TAKE) {
            ports.cloud().take(run, job);
        } else if (next == RunStep.BOARD && !asked) {
            asked = true;
            ports.boards().begin(order);
        }
    }

    /** AWS has set the execution IN_PROGRESS. */
    void taken() {
        if (next == RunStep.TAKE && order != null && result.isEmpty()) {
            next = RunStep.BOARD;
            takeOrBegin();
        }
    }

    /** {@return whether AWS was asked to take the job, and has not answered} */
    boolean isTaking() {
        return next == RunStep.TAKE && order != null;
    }

    /** The board's part is over, or never began: nothing more happens to the board. */
    void ended(RunResult how, AttemptEnd.Seen ofBoard) {
        if (next.compareTo(RunStep.BOARD) <= 0) {
            result = Optional.of(how);
            seen = ofBoard;
            next = RunStep.STORE;
        }
    }

    /**
     * Begins another attempt in place of ending the run.
     *
     * @throws FotaException if that cannot be stored; then nothing has happened
     */
    void tryAgain(RunResult how, AttemptEnd.Seen ofBoard, String nextAttempt, Instant at, long now)
            throws FotaException {
        ports.ledger().tryAgain(end(how, ofBoard, at, now, ""), nextAttempt);
        beganAt = now;
        asked = false;
        order = new BoardsPort.Order(
                run, order.attempt() + 1, order.bay(), order.board(), order.fileSha256(), order.imageHash());
        takeOrBegin();
    }

    /** {@return whether the end is known and is to be stored next} */
    boolean isToBeStored() {
        return next == RunStep.STORE;
    }

    /**
     * Stores the end.
     *
     * @throws FotaException if that cannot be stored now; then nothing has happened
     */
    StoredEnd store(Instant at, long now) throws FotaException {
        RunResult how = result.orElseThrow();
        String intended = intended(how.reason());
        StoredEnd stored = ports.ledger().end(end(how, seen, at, now, intended));
        untold = new UntoldEnd(
                stored.attempt(),
                run,
                at,
                job.thing(),
                job.jobId(),
                job.execution(),
                intended,
                how.reason(),
                how.message());
        next = RunStep.TELL;
        return stored;
    }

    /** A person who aborts a job's run means its end: left open, AWS would offer it again at once. */
    private String intended(Reason reason) {
        if (job.jobId().isEmpty()) {
            return "";
        } else if (reason == Reason.INTERRUPTED) {
            return AtAws.FAILED.name();
        }
        return reason.atAws() == AtAws.NOTHING ? "" : reason.atAws().name();
    }

    /** {@return the order of the attempt that is carried out} */
    BoardsPort.Order order() {
        return order;
    }

    /** {@return the verdict of the end} */
    Verdict verdict() {
        return result.orElseThrow().verdict();
    }

    /** AWS has answered the end. */
    void answered(CloudAnswer how) {
        answer = Optional.of(how);
    }

    /**
     * Does what follows once the end is stored, up to AWS's answer.
     *
     * @throws FotaException why the next step cannot be done now; it is tried again
     */
    void follow(Instant at) throws FotaException {
        if (next == RunStep.TELL) {
            if (isForAws()) {
                ports.cloud().keep(untold);
            }
            next = RunStep.FORGET;
        }
        if (next == RunStep.FORGET) {
            ports.boards().forget(run);
            next = RunStep.ANSWER;
        }
        if (next == RunStep.ANSWER && answer.isPresent()) {
            ports.ledger().answer(untold.attempt(), answer.get(), at);
            next = RunStep.DISCARD;
        }
        if (next == RunStep.DISCARD && !discarded) {
            ports.cloud().discard(untold.attempt());
            discarded = true;
        }
    }

    /** {@return the run} */
    String run() {
        return run;
    }

    /** {@return when the run ended, if AWS has not answered that} */
    Optional<Instant> untoldSince() {
        return Optional.ofNullable(untold)
                .filter(end -> isForAws() && next.compareTo(RunStep.ANSWER) <= 0)
                .map(UntoldEnd::ended);
    }

    private boolean isForAws() {
        return !untold.intended().isEmpty();
    }

    /** {@return whether the last step is done} */
    boolean isOver() {
        return discarded || next == RunStep.ANSWER && !isForAws();
    }

    /** {@return seq of the attempt whose end AWS is to be told; 0 before the end is stored} */
    long attempt() {
        return untold == null ? 0 : untold.attempt();
    }

    private AttemptEnd end(RunResult how, AttemptEnd.Seen ofBoard, Instant at, long now, String intended) {
        return new AttemptEnd(run, at, OptionalLong.of((now - beganAt) / 1_000_000), how, ofBoard, "", intended);
    }
}
