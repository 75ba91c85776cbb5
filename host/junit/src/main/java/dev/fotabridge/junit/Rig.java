package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.Claim;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The boards of a run of JUnit. Claims them by a lock that all processes of this computer respect. Thread-safe.
 * Tested by FotaBoardExtensionTest.
 */
final class Rig implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.fotabridge.junit");

    /** Another process does not say when it gives a board back. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RigFinder.Found found;
    private final RigSettings settings;
    private final Bays bays;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Rig(RigFinder.Found found, RigSettings settings) {
        this.found = found;
        this.settings = settings;
        this.bays = FotaBridge.open(settings.reports().resolve("state"), "fota-bridge rig");
    }

    static Rig of(RigSettings settings) {
        return new Rig(new RigFinder(settings, System.getenv(), Path.of("").toAbsolutePath()).find(), settings);
    }

    RigSettings settings() {
        return settings;
    }

    Bays bays() {
        return bays;
    }

    /** Returns why all tests on boards are skipped; empty if they are not. */
    Optional<String> whySkipped() {
        return found.boards().isEmpty() && !settings.required() ? Optional.of(told(absent())) : Optional.empty();
    }

    private String absent() {
        return "No board: " + found.name() + ".";
    }

    /**
     * Waits for a board that fits.
     *
     * @throws TestAbortedException if there is none, and none is required; or if all that fit are broken
     * @throws BoardFailure if there is none, and one is required; if it cannot be used; if the time is up
     */
    ClaimedBoard claim(BoardRequest request) {
        List<RigBoard> fitting =
                found.boards().stream().filter(board -> board.fits(request)).toList();
        if (fitting.isEmpty()) {
            throw missing(request);
        }
        long deadline = System.nanoTime() + settings.claim().toNanos();
        Map<String, String> holders = new TreeMap<>();
        while (true) {
            for (RigBoard board : healthy(fitting, request)) {
                Optional<ClaimedBoard> claimed = attempt(board, request, holders);
                if (claimed.isPresent()) {
                    return claimed.get();
                }
            }
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                throw notFree(request, holders);
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private RuntimeException missing(BoardRequest request) {
        String why = found.boards().isEmpty()
                ? absent()
                : "No " + request.what() + ": " + found.name() + " has " + found.boards() + ".";
        if (settings.required()) {
            throw new BoardFailure(
                    Reason.NO_BOARD, why + " fotabridge.rig.required is true, so this is a failure.", null);
        }
        return new TestAbortedException(told(why));
    }

    private List<RigBoard> healthy(List<RigBoard> fitting, BoardRequest request) {
        List<RigBoard> healthy = fitting.stream()
                .filter(board -> BrokenBoards.cause(board).isEmpty())
                .toList();
        if (healthy.isEmpty()) {
            throw new TestAbortedException(told(fitting.stream()
                    .map(Rig::brokenSentence)
                    .collect(Collectors.joining(" ", "No " + request.what() + " can be used. ", ""))));
        }
        return healthy;
    }

    /** Returns why a test on this board is skipped. */
    static String brokenSentence(RigBoard board) {
        return "The board " + board.name() + " is broken since: "
                + BrokenBoards.cause(board).orElse("");
    }

    private Optional<ClaimedBoard> attempt(RigBoard board, BoardRequest request, Map<String, String> holders) {
        String since = " since " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            Claim.Attempt attempt = FotaBridge.claim(board.place().lockName(), request.holder() + since);
            if (attempt.claim().isEmpty()) {
                holders.put(board.name(), "has been taken by process " + attempt.holder());
                return Optional.empty();
            }
            return Optional.of(ClaimedBoard.start(board, attempt.claim().get(), this, request.holder()));
        } catch (FotaException e) {
            throw new BoardFailure(e.reason(), e.getMessage() + " " + e.reason().whatToTry(), e);
        } catch (BoardFailure e) {
            if (e.reason().equals(Optional.of(Reason.PORT_BUSY))) {
                holders.put(board.name(), ClaimedBoard.firstLine(e));
                return Optional.empty();
            }
            BrokenBoards.mark(board, ClaimedBoard.firstLine(e));
            throw e;
        }
    }

    private BoardFailure notFree(BoardRequest request, Map<String, String> holders) {
        String who = holders.entrySet().stream()
                .map(holder -> holder.getKey() + ": " + holder.getValue())
                .collect(Collectors.joining("; "));
        return new BoardFailure(
                Reason.PORT_BUSY,
                "No " + request.what() + " has become free within " + TimeBudget.seconds(settings.claim())
                        + " (fotabridge.rig.claim-timeout). " + who + ".",
                null);
    }

    /** Prints a reason once, since build tools do not show why a test is skipped. */
    String told(String reason) {
        if (told.add(reason)) {
            LOG.log(System.Logger.Level.WARNING, "Tests are skipped. {0}", reason);
        }
        return reason;
    }

    @Override
    public void close() {
        bays.close();
    }
}
