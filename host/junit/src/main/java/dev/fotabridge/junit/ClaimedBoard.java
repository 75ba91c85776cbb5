package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.Claim;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.Subscription;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** A board from its claim to its release. Tested by FotaBoardExtensionTest. */
final class ClaimedBoard implements Board, ExtensionContext.Store.CloseableResource, AutoCloseable {
    /** A board that answers does so within a second, unless it swaps. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So that a board that does not answer is named by the library, and not by the clock of the test. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final Duration VERB_PATIENCE = Duration.ofSeconds(30);
    private static final int SHOWN_LINES = 20;

    /** After these the board itself is at fault, also if it answers. */
    private static final Set<Reason> FAULTS = EnumSet.of(Reason.WRITE_MISMATCH, Reason.MODEM_FAILED);

    /** The port of a board that has just got its power back. */
    private static final Set<Reason> PORT_AWAY = EnumSet.of(Reason.PORT_MISSING, Reason.LINK_LOST, Reason.NO_BOARD);

    private static final UpdateOptions CONFIRMED =
            new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());

    private final RigBoard board;
    private final Duration flashTimeout;
    private final ReleaseStack taken;
    private final ConsoleRecorder recorder;
    private final EventRecorder events;
    private final ReadyPlace place;
    private final Subscription observed;
    private final BoardWorker worker;
    private volatile TimeBudget budget;
    private Optional<UpdateRecord> lastUpdate = Optional.empty();
    private boolean cut;

    private ClaimedBoard(RigBoard board, Rig rig, Path directory, ReleaseStack taken)
            throws IOException, FotaException {
        this.board = board;
        this.flashTimeout = rig.settings().flash();
        this.taken = taken;
        this.budget = TimeBudget.ofClaim(rig.settings().claim(), System::nanoTime);
        this.recorder = taken.push(new ConsoleRecorder(directory.resolve("console.log")));
        this.events = taken.push(new EventRecorder(directory.resolve("events.jsonl"), recorder));
        this.place = taken.push(board.place().start(rig.bays(), directory, budget.left()));
        this.observed = place.bay().observe(events);
        taken.push(() -> {
            observed.awaitDelivered();
            observed.close();
        });
        this.worker = taken.push(new BoardWorker(place.bay()));
    }

    /**
     * Makes the board ready for tests.
     *
     * @param claim given back at the release, or at once if the board does not start
     * @throws BoardFailure if the board cannot be used
     */
    static ClaimedBoard start(RigBoard board, Claim claim, Rig rig, String holder) {
        ReleaseStack taken = new ReleaseStack();
        taken.push(claim);
        try {
            Path directory = directory(rig.settings().reports().resolve(fileName(holder)), board.name());
            ClaimedBoard claimed = new ClaimedBoard(board, rig, directory, taken);
            claimed.info();
            return claimed;
        } catch (FotaException e) {
            throw released(taken, new BoardFailure(e.reason(), sentence(board, e.reason(), e.getMessage()), e));
        } catch (IOException e) {
            String why = "The board's log cannot be written: " + e.getMessage() + ".";
            throw released(taken, new BoardFailure(Reason.STORAGE_UNWRITABLE, why, e));
        } catch (BoardFailure e) {
            throw released(taken, e);
        } catch (RuntimeException e) {
            throw released(taken, e);
        }
    }

    /** What fails at the release is beside the failure, and not in its place. */
    private static <T extends Throwable> T released(ReleaseStack taken, T failure) {
        try {
            taken.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private static String fileName(String holder) {
        return holder.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** Makes a directory that is not there yet: NAME, NAME-2, … */
    private static Path directory(Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        for (int i = 1; ; i++) {
            try {
                return Files.createDirectory(parent.resolve(i == 1 ? name : name + "-" + i))
                        .toAbsolutePath();
            } catch (FileAlreadyExistsException e) {
                // An earlier run's, or another thread's.
                continue;
            }
        }
    }

    /** A test begins, with a time of its own. */
    void begin(String test, TimeBudget itsBudget) {
        observed.awaitDelivered();
        budget = itsBudget;
        lastUpdate = Optional.empty();
        recorder.beginTest(test);
        events.beginTest();
    }

    RigBoard board() {
        return board;
    }

    ConsoleRecorder recorder() {
        return recorder;
    }

    /** Returns the test's events as JSON lines. */
    List<String> eventLines() {
        observed.awaitDelivered();
        return events.lines();
    }

    /** Returns the record of the test's last update as JSON; empty if there was none. */
    Optional<String> lastUpdate() {
        return lastUpdate.map(events::text);
    }

    @Override
    public String name() {
        return board.name();
    }

    @Override
    public Set<String> capabilities() {
        return board.capabilities();
    }

    @Override
    public BoardReport info() {
        return command(PATIENCE.plus(SLACK), () -> bay().info(PATIENCE));
    }

    @Override
    public UpdateRecord update(Path file) {
        return update(file, CONFIRMED);
    }

    @Override
    public UpdateRecord update(Path file, UpdateOptions options) {
        TimeBudget.Limit limit = new TimeBudget.Limit(
                flashTimeout, TimeBudget.seconds(flashTimeout) + " for an update (fotabridge.rig.flash-timeout)");
        UpdateRecord record = budget.standing(() -> command(limit, () -> bay().update(file, options)));
        lastUpdate = Optional.of(record);
        Reason reason = record.reason();
        if (reason.outcome() != Outcome.SUCCEEDED && reason.outcome() != Outcome.UP_TO_DATE) {
            if (FAULTS.contains(reason)) {
                markBroken(reason + " " + record.message());
            }
            throw failure(reason, sentence(board, reason, record.message()), limit.sentence(), null);
        }
        return record;
    }

    @Override
    public BoardReport reset() {
        return command(PATIENCE.multipliedBy(2).plus(SLACK), () -> bay().reset(PATIENCE));
    }

    @Override
    public BoardConsole console() {
        return new BoardConsole() {
            @Override
            public ConsoleMatch await(ExpectedLine expected, Duration limit) {
                return awaitLine(expected, budget.limit(limit));
            }

            @Override
            public List<String> lines() {
                return recorder.lines();
            }

            @Override
            public Path log() {
                return recorder.file();
            }
        };
    }

    private ConsoleMatch awaitLine(ExpectedLine expected, TimeBudget.Limit limit) {
        try {
            ConsoleRecorder.Waited waited = recorder.await(expected, limit.time());
            if (waited instanceof ConsoleRecorder.Waited.Found found) {
                return found.match();
            }
            String what = waited instanceof ConsoleRecorder.Waited.Unwanted unwanted
                    ? "printed \"" + unwanted.line() + "\" in place of " + expected
                    : "did not print " + expected + "; lines since the wait before: "
                            + ((ConsoleRecorder.Waited.TimeUp) waited).linesSeen();
            throw failure(null, "The board " + name() + " " + what + ".", limit.sentence(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(Reason.INTERRUPTED, "The test was interrupted.", limit.sentence(), e);
        }
    }

    @Override
    public BoardReport powerCycle() {
        require(Capability.POWER_CYCLE);
        return command(VERB_PATIENCE.multipliedBy(2), () -> {
            place.powerCycle(VERB_PATIENCE);
            return awaitAnswer();
        });
    }

    @Override
    public void cutLine() {
        require(Capability.CUT_LINE);
        switchLine(true);
    }

    @Override
    public void joinLine() {
        if (cut) {
            switchLine(false);
        }
    }

    private void switchLine(boolean toCut) {
        command(VERB_PATIENCE, () -> {
            place.cutLine(toCut, VERB_PATIENCE);
            return null;
        });
        cut = toCut;
    }

    private void require(String capability) {
        if (!capabilities().contains(capability)) {
            throw new TestAbortedException("The board " + name() + " of this rig has no '" + capability + "'.");
        }
    }

    @Override
    public void markBroken(String cause) {
        BrokenBoards.mark(board, cause);
    }

    /** The test has ended: the board is left as the next one expects it, or known to be broken. */
    void end(Optional<Throwable> failure) {
        try {
            joinLine();
            if (failure.isPresent()) {
                worker.run(PATIENCE.plus(SLACK), () -> bay().info(PATIENCE));
            }
        } catch (FotaException | BoardWorker.TimeUp | BoardFailure e) {
            String before =
                    failure.map(first -> firstLine(first) + " Afterwards: ").orElse("");
            markBroken(before + (e instanceof BoardWorker.TimeUp ? "it does not answer." : firstLine(e)));
        }
    }

    private Bay bay() {
        return place.bay();
    }

    /** Until the board answers; its port may still be away. */
    private BoardReport awaitAnswer() throws FotaException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return bay().info(PATIENCE);
            } catch (FotaException e) {
                if (!PORT_AWAY.contains(e.reason()) || System.nanoTime() - deadline >= 0) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() throws FotaException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FotaException(Reason.INTERRUPTED, "The test was interrupted.");
        }
    }

    private <T> T command(Duration patience, BoardWorker.Command<T> command) {
        return command(budget.limit(patience), command);
    }

    private <T> T command(TimeBudget.Limit limit, BoardWorker.Command<T> command) {
        try {
            return worker.run(limit.time(), command);
        } catch (FotaException e) {
            throw failure(e.reason(), sentence(board, e.reason(), e.getMessage()), limit.sentence(), e);
        } catch (BoardWorker.TimeUp e) {
            throw failure(null, "The board " + name() + " has not done it in time.", limit.sentence(), null);
        } finally {
            observed.awaitDelivered();
        }
    }

    private static String sentence(RigBoard board, Reason reason, String message) {
        return ("The board " + board.name() + ": " + reason + ". " + message + " " + reason.whatToTry()).strip();
    }

    private BoardFailure failure(Reason reason, String sentence, String deadline, Throwable cause) {
        return new BoardFailure(reason, sentence + evidence(deadline), cause);
    }

    /** Returns what a failure shows of this board. */
    String evidence() {
        observed.awaitDelivered();
        return "The board " + name() + evidence(budget.sentence());
    }

    private String evidence(String deadline) {
        List<String> last = recorder.last(SHOWN_LINES);
        String lines = last.isEmpty()
                ? "nothing"
                : last.stream().collect(Collectors.joining("\n    ", "the last " + last.size() + " lines\n    ", ""));
        return "\n  deadline: " + deadline + "\n  console of " + name() + ": " + lines + "\n  full log: "
                + recorder.fileText();
    }

    /** Returns the sentence of a failure without its evidence. */
    static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    /** Gives everything back in the reverse order, and the board last. */
    @Override
    public void close() {
        taken.close();
    }
}
