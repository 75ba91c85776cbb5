package dev.fotabridge.station.bay;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * One bay. {@link BayTable} says what it answers to each input in each state; this class carries the answers out. An input that is of
 * another run or job than the bay's own is dropped. The verdict stays until the board has left and another one has come, or a start is
 * taken. For one thread.
 */
public final class BayMachine {
    /** How long a start waits for a board that is not known yet: longer than HELLO at two rates, shorter than anybody's patience. */
    static final long KEEP_NANOS = 30_000_000_000L;

    private final StartKind mode;
    private final boolean needsScan;
    private final Queue<BayAction> actions = new ArrayDeque<>();

    // Of the place: kept over boards.
    private BayState state = BayState.EMPTY;
    private Optional<Verdict> verdict = Optional.empty();
    private boolean locked;
    private UnitIdentity lastBoard = UnitIdentity.NONE;
    /** Whether a board may have left since the verdict was shown; a station that was off cannot know. */
    private boolean hasLeft = true;

    // Of the board that is there.
    private UnitIdentity identity = UnitIdentity.NONE;
    private boolean recognised;
    /** Whether it is another board than the last one here: only then plugging it in is an insertion. */
    private boolean isNew;

    private boolean answers = true;
    private String scan = "";

    // Of the run, from its start until its end is stored.
    private String run = "";
    private String job = "";
    private long startedAt;
    private RunStage stage = RunStage.WRITING;
    private boolean boardGone;
    private boolean present;
    private boolean needsHands;

    /**
     * Makes a bay without a board.
     *
     * @param mode what starts runs
     * @param needsScan whether a board's label must be scanned before a start
     */
    public BayMachine(StartKind mode, boolean needsScan) {
        this.mode = mode;
        this.needsScan = needsScan || mode == StartKind.SCAN;
    }

    /**
     * Restores what the place showed when the station ended.
     *
     * @param last the verdict; empty if there was none, or another board had come since
     * @param board the board of the last run here
     * @param isLocked whether the bay was locked
     */
    public void restore(Optional<Verdict> last, UnitIdentity board, boolean isLocked) {
        verdict = last;
        lastBoard = board;
        locked = isLocked;
    }

    /** {@return what {@link #on} would answer now; changes nothing} */
    public BayAnswer answerTo(BayInput input, long now) {
        if (input instanceof BayInput.SlotFree slot && !slot.run().equals(run)) {
            return BayAnswer.RETURN_SLOT;
        }
        return isOfAnotherRun(input) ? BayAnswer.STALE : refined(BayTable.answer(state, input.kind()), input, now);
    }

    /**
     * Takes an input.
     *
     * @param input what happens
     * @param now monotonic time in nanoseconds
     * @return the answer; what the bay wants done comes from {@link #poll}
     */
    public BayAnswer on(BayInput input, long now) {
        BayAnswer answer = answerTo(input, now);
        carryOut(answer, input, now);
        return answer;
    }

    /** {@return the next thing to do; empty if there is none} */
    public Optional<BayAction> poll() {
        return Optional.ofNullable(actions.poll());
    }

    private boolean isOfAnotherRun(BayInput input) {
        if (input instanceof BayInput.StageReached reached) {
            return !reached.run().equals(run);
        } else if (input instanceof BayInput.RunEnded ended) {
            return !ended.run().equals(run);
        } else if (input instanceof BayInput.RunStored stored) {
            return !stored.run().equals(run);
        } else if (input instanceof BayInput.NotStored stuck) {
            return !stuck.run().equals(run);
        }
        return input instanceof BayInput.JobEnded ended
                && (job.isEmpty() || !ended.job().equals(job));
    }

    /** The cells that depend on more than the state. */
    private BayAnswer refined(BayAnswer answer, BayInput input, long now) {
        return switch (answer) {
            case ACCEPT -> locked ? BayAnswer.LOCKED : lacksScan() ? BayAnswer.SCAN_FIRST : answer;
            case KEEP_START -> locked ? BayAnswer.LOCKED : isKept() ? BayAnswer.BUSY : answer;
            case SCAN_FIRST -> locked ? BayAnswer.LOCKED : isKept() ? BayAnswer.BUSY : answer;
            case END_KEPT -> isKept() ? BayAnswer.END_QUEUED : BayAnswer.NOT_RUNNING;
            case STOP_RUN -> isConfirmed() ? BayAnswer.TOO_LATE : answer;
            case STOP_JOB -> isConfirmed() ? BayAnswer.NOTHING : answer;
            case EXPIRE -> isKept() && now - startedAt >= KEEP_NANOS ? answer : BayAnswer.NOTHING;
            case COMPARE -> isOther(input) ? answer : answers ? BayAnswer.NOTHING : BayAnswer.RECOGNISE;
            case COMPARE_IN_RUN -> isOther(input) ? answer : BayAnswer.NOTHING;
            case RESCAN -> scan.isEmpty() || isSameScan(input) ? answer : BayAnswer.SCANNED_ALREADY;
            case SCANNED_ALREADY -> isSameScan(input) ? BayAnswer.RESCAN : answer;
            default -> answer;
        };
    }

    private boolean isOther(BayInput input) {
        return identity.isOtherBoard(((BayInput.BoardAnswered) input).identity());
    }

    private boolean isSameScan(BayInput input) {
        return ((BayInput.Scanned) input).text().equals(scan);
    }

    private boolean lacksScan() {
        return needsScan && scan.isEmpty();
    }

    private boolean isKept() {
        return !run.isEmpty() && (state == BayState.IDENTIFYING || state == BayState.NEEDS_SCAN);
    }

    /** CONFIRM is sent, so the image stays, and nothing takes it back. */
    private boolean isConfirmed() {
        return stage.compareTo(RunStage.CONFIRMING) >= 0;
    }

    private void carryOut(BayAnswer answer, BayInput input, long now) {
        switch (answer) {
            case IDENTIFY -> identify();
            case NOTE -> note(input instanceof BayInput.BoardCame);
            case RECOGNISE -> recognise(((BayInput.BoardAnswered) input).identity(), true);
            case RECOGNISE_SILENT -> recognise(((BayInput.BoardSilent) input).identity(), false);
            case COMPARE -> replace(((BayInput.BoardAnswered) input).identity());
            case COMPARE_IN_RUN -> {
                loseBoard("Another board answers at this place.");
                present = true;
            }
            case LEAVE -> leave();
            case END_WITHOUT_BOARD, LOSE_BOARD -> loseBoard("The board left its place.");
            case TAKE_SCAN -> takeScan((BayInput.Scanned) input);
            case KEEP_SCAN -> scan = ((BayInput.Scanned) input).text();
            case RESCAN -> label((BayInput.Scanned) input);
            case ACCEPT -> accept((BayInput.Start) input, now);
            case KEEP_START -> keep((BayInput.Start) input, now);
            case UNLOCKED -> locked = false;
            default -> carryOutForRun(answer, input);
        }
    }

    private void carryOutForRun(BayAnswer answer, BayInput input) {
        switch (answer) {
            case END_QUEUED -> {
                BayInput.Abort abort = (BayInput.Abort) input;
                endUntouched(abort.reason(), abort.message());
            }
            case END_JOB ->
                endUntouched(((BayInput.JobEnded) input).reason(), "AWS ended the job before its run began.");
            case EXPIRE -> endUntouched(Reason.NO_BOARD, "No board became ready within 30 s of the start.");
            case STOP_RUN -> {
                BayInput.Abort abort = (BayInput.Abort) input;
                actions.add(new BayAction.Stop(run, abort.reason(), abort.message()));
            }
            case STOP_JOB ->
                actions.add(new BayAction.Stop(
                        run, ((BayInput.JobEnded) input).reason(), "AWS ended the job during its run."));
            case BEGIN_RUN -> {
                state = BayState.RUNNING;
                actions.add(new BayAction.Run(run));
            }
            case RETURN_SLOT -> actions.add(new BayAction.ReturnSlot(((BayInput.SlotFree) input).run()));
            case NOTE_STAGE -> stage = ((BayInput.StageReached) input).stage();
            case STORE_END -> store(((BayInput.RunEnded) input).result());
            case SHOW_VERDICT -> show((BayInput.RunStored) input);
            case CALL_HANDS -> needsHands = true;
            default -> {}
        }
    }

    /** In a run: what has left is another board when it comes again, until it has said who it is. */
    private void note(boolean came) {
        present = came;
        boardGone |= !came;
    }

    private void identify() {
        forgetBoard();
        state = BayState.IDENTIFYING;
        present = true;
        actions.add(new BayAction.Identify());
    }

    private void recognise(UnitIdentity who, boolean itAnswers) {
        recognised = true;
        answers = itAnswers;
        boolean isBack = know(who);
        if (isBack && verdict.isPresent() && !isKept()) {
            state = BayState.ENDED;
        } else if (lacksScan()) {
            state = BayState.NEEDS_SCAN;
        } else {
            ready(isNew && mode == StartKind.INSERT);
        }
    }

    /** Returns whether it is the last board of this place. */
    private boolean know(UnitIdentity who) {
        identity = who;
        boolean isBack = lastBoard.isSameBoard(who);
        isNew = who.isKnown() && !isBack;
        if (isNew && hasLeft) {
            clearVerdict();
        }
        lastBoard = who.isKnown() ? who : lastBoard;
        return isBack;
    }

    private void ready(boolean asksStart) {
        if (isKept()) {
            verdict = Optional.empty();
            state = BayState.QUEUED;
            actions.add(new BayAction.Admit(run));
            actions.add(new BayAction.AskSlot(run));
            return;
        }
        state = BayState.READY;
        if (asksStart) {
            actions.add(new BayAction.AskStart(mode));
        }
    }

    private void takeScan(BayInput.Scanned scanned) {
        label(scanned);
        ready(mode == StartKind.SCAN || mode == StartKind.INSERT && isNew);
    }

    /** A board that is known by its label alone becomes known by this. */
    private void label(BayInput.Scanned scanned) {
        scan = scanned.text();
        if (!identity.isKnown()) {
            know(identity.withScan(scan));
        }
    }

    private void clearVerdict() {
        if (verdict.isPresent()) {
            verdict = Optional.empty();
            actions.add(new BayAction.ClearVerdict());
        }
    }

    private void replace(UnitIdentity other) {
        hasLeft = true;
        if (isKept()) {
            boardGone = true;
            endUntouched(Reason.NO_BOARD, "Another board came before the run began.");
        } else {
            forgetBoard();
            recognise(other, true);
        }
    }

    private void leave() {
        present = false;
        if (isKept()) {
            endUntouched(Reason.NO_BOARD, "The board left before its run began.");
        } else {
            empty();
        }
    }

    private void empty() {
        forgetBoard();
        state = BayState.EMPTY;
        hasLeft = true;
    }

    private void forgetBoard() {
        identity = UnitIdentity.NONE;
        recognised = false;
        isNew = false;
        answers = true;
        scan = "";
    }

    private void loseBoard(String message) {
        present = false;
        boardGone = true;
        if (state == BayState.QUEUED) {
            endUntouched(Reason.NO_BOARD, message);
        } else {
            actions.add(new BayAction.Stop(run, Reason.LINK_LOST, message));
        }
    }

    private void accept(BayInput.Start start, long now) {
        keep(start, now);
        verdict = Optional.empty();
        state = BayState.QUEUED;
        actions.add(new BayAction.AskSlot(run));
    }

    private void keep(BayInput.Start start, long now) {
        run = start.run();
        job = start.job();
        startedAt = now;
        stage = RunStage.WRITING;
        boardGone = false;
        needsHands = false;
    }

    /** Ends a run that has done nothing to its board. */
    private void endUntouched(Reason reason, String message) {
        boardGone |= !present;
        store(RunResult.beforeTheBoard(reason, message, boardGone));
    }

    private void store(RunResult result) {
        state = BayState.STORING;
        actions.add(new BayAction.ReturnSlot(run));
        actions.add(new BayAction.Store(run, boardGone ? result.withBoardGone() : result));
    }

    private void show(BayInput.RunStored stored) {
        verdict = Optional.of(stored.verdict());
        locked |= stored.locks();
        needsHands = false;
        actions.add(new BayAction.Show(stored.run(), stored.verdict()));
        run = "";
        job = "";
        hasLeft = !present || boardGone;
        if (!present) {
            empty();
        } else if (boardGone || !recognised) {
            identify();
        } else {
            state = BayState.ENDED;
        }
        boardGone = false;
    }

    /** {@return what the bay is doing} */
    public BayState state() {
        return state;
    }

    /** {@return the verdict that stands at this place} */
    public Optional<Verdict> verdict() {
        return verdict;
    }

    /** {@return whether an engineer must unlock the bay before the next start} */
    public boolean locked() {
        return locked;
    }

    /** {@return whether the end of a run cannot be stored} */
    public boolean needsHands() {
        return needsHands;
    }

    /** {@return whether the board answers; true if none is there} */
    public boolean answers() {
        return answers;
    }

    /** {@return who the board is, with its label} */
    public UnitIdentity identity() {
        return identity.withScan(scan);
    }

    /** {@return id of the run; empty if there is none} */
    public String run() {
        return run;
    }

    /** {@return how far the run has come on the board} */
    public RunStage stage() {
        return stage;
    }

    /** {@return whether the run's board has left its place} */
    public boolean boardGone() {
        return boardGone;
    }
}
