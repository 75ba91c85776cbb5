package dev.fotabridge.host.link;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.host.value.BoardProfile;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.modem.ModemTask;
import dev.fotabridge.protocol.rate.LineRates;
import dev.fotabridge.protocol.session.HostSession;
import dev.fotabridge.protocol.session.SessionConfig;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionStats;
import dev.fotabridge.protocol.time.Deadline;
import dev.fotabridge.protocol.upload.Upload;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One board's line: opens the port when it is wanted, keeps it open from session to session, and begins a fresh session for
 * each connect. Commands return at once, what becomes of them is an event; a command to a session that has failed
 * meanwhile does nothing, since that event waits already. One thread owns it; only the wake-up is called from others. Time is nanoseconds of one monotonic clock that starts near zero.
 * Tested by SilentBoardTest.
 */
public final class BoardLink implements AutoCloseable {
    private final LineOpener opener;
    private final LinkConfig config;
    private final Supplier<byte[]> nonces;
    private final RateBook rates;
    private final Queue<LinkEvent> events = new ArrayDeque<>();

    private CompletableFuture<Line> opening;
    private long connectLimitNanos;
    private Line line;
    private HostSession session;
    private boolean sessionOver = true;
    private boolean connectWhenOpen;
    private WireTotals finished = WireTotals.NONE;

    // The line's rate, from session to session.
    private boolean freshPort = true;
    private boolean wasReset;
    private long greetedSince = Deadline.NEVER; // NEVER: not since the board was last met
    private int boardStart; // 0: not known
    private int lastMet; // 0: never
    private BoardIdentity board = BoardIdentity.NONE;

    /**
     * Does nothing until the first command.
     *
     * @param nonces 8 fresh random bytes each time
     * @param rates what is known of this board's line
     */
    public BoardLink(LineOpener opener, LinkConfig config, Supplier<byte[]> nonces, RateBook rates) {
        this.rates = rates;
        this.opener = opener;
        this.config = config;
        this.nonces = nonces;
    }

    /** Bits a second on the line now. */
    public int baud() {
        return session == null ? config.startBaud() : session.lineRate();
    }

    /** Opens the port and listens to the board's console, without a word to the board. PortFailed if that cannot be. */
    public void listen(long now) {
        newSession(Long.MAX_VALUE, now);
        sessionOver = true;
        openPort();
    }

    /**
     * Ends the session that is open and begins another, on the same port if that is still there.
     *
     * @param limitNanos how long HELLO is repeated
     */
    public void connect(long limitNanos, long now) {
        connectLimitNanos = limitNanos;
        if (line != null) {
            begin(now);
        } else {
            sessionOver = true;
            connectWhenOpen = true;
            openPort();
        }
    }

    private void begin(long now) {
        connectWhenOpen = false;
        greetedSince = Math.min(greetedSince, now);
        newSession(connectLimitNanos, now);
        sessionOver = false;
        session.connect(now);
    }

    private void newSession(long limitNanos, long now) {
        if (session != null) {
            finished = finished.plus(totals(session.stats()));
        }
        SessionConfig sessionConfig =
                new SessionConfig(limitNanos, config.silenceLimitNanos(), config.software(), lineRates(now));
        session = new HostSession(sessionConfig, nonces.get(), now);
    }

    /**
     * HELLO at a wrong rate is noise to the board, so it needs a reason. Unknown board, or one that offers no rates: it is
     * greeted where it was last met, or at the starting rate. If it is silent there for longer than a raised rate lasts
     * without a host, in one session or in several, it was made to start elsewhere: it is greeted at the other rate, too. A board that offers rates
     * names the one that it starts at; only if this host left it at another, and nobody reset it since, that one is tried, too.
     */
    private LineRates lineRates(long now) {
        int rate = freshPort ? config.startBaud() : session.lineRate();
        freshPort = false;
        if (boardStart == 0) {
            int first = lastMet == 0 ? config.startBaud() : lastMet;
            int other = first == config.startBaud() ? otherStart() : config.startBaud();
            long silent = greetedSince == Deadline.NEVER ? 0 : now - greetedSince;
            long otherAfter = Math.max(0, LineRates.SILENT_NANOS - silent);
            return new LineRates(rate, first, other, otherAfter, config.ceilingBaud());
        }
        int left = wasReset || rate == boardStart ? 0 : rate;
        return new LineRates(rate, boardStart, left, config.ceilingBaud());
    }

    private int otherStart() {
        if (config.startBaud() < config.ceilingBaud()) {
            return config.ceilingBaud();
        }
        int usual = BoardProfile.NRF9160_DK.startBaud();
        return config.startBaud() > usual ? usual : 0;
    }

    private void openPort() {
        if (opening == null && line == null) {
            opening = new CompletableFuture<>();
            opener.open(opening);
        }
    }

    /** In READY: sends the image. */
    public void upload(Upload upload, long now) {
        if (!sessionOver) {
            session.upload(upload, now);
        }
    }

    /** In READY: holds the image against the slot. */
    public void compare(Upload upload, long now) {
        if (!sessionOver) {
            session.compareSlot(upload, now);
        }
    }

    /** In VERIFIED: marks the image pending. */
    public void mark(long now) {
        if (!sessionOver) {
            session.mark(now);
        }
    }

    /** In READY: hands the modem what the task says. */
    public void modem(ModemTask task, long now) {
        if (!sessionOver) {
            session.modem(task, now);
        }
    }

    /** Resets the board. */
    public void reset(long now) {
        if (!sessionOver) {
            session.reset(now);
        }
    }

    /** In READY: confirms the running image if it has this hash, 32 bytes. */
    public void confirm(byte[] imageHash, long now) {
        if (!sessionOver) {
            session.confirm(imageHash, now);
        }
    }

    /** Drops the upload and makes the slot harmless. */
    public void abort(long now) {
        if (!sessionOver) {
            session.abort(now);
        }
    }

    /** Moves bytes, runs what is due, collects events. Does not block, but for the close of a port that vanished. */
    public void step(long now) {
        finishOpening(now);
        if (line == null) {
            return;
        }
        line.step(session, now);
        for (SessionEvent event = session.poll(); event != null; event = session.poll()) {
            collect(event);
        }
        if (line.failure() != null) {
            portVanished();
        }
    }

    private void collect(SessionEvent event) {
        boolean console = event instanceof SessionEvent.ConsoleLine;
        if (!sessionOver || console) {
            events.add(new LinkEvent.Session(event));
        }
        if (event instanceof SessionEvent.Failed) {
            sessionOver = true;
        } else if (event instanceof SessionEvent.Connected connected) {
            met(connected.board());
        } else if (event instanceof SessionEvent.Resetting) {
            wasReset = true;
            greetedSince = Deadline.NEVER;
        } else if (event instanceof SessionEvent.LineRate rate) {
            rates.note(board, rate);
        }
    }

    private void met(BoardInfo who) {
        board = identityOf(who);
        wasReset = false;
        greetedSince = Deadline.NEVER;
        List<Integer> offered = who.link().rates();
        boardStart = offered.isEmpty() ? 0 : offered.get(0);
        lastMet = session.lineRate();
        session.avoidRates(rates.bad(board));
    }

    /** The identity of the board that has said this on the line that is open. */
    public BoardIdentity identityOf(BoardInfo who) {
        return BoardIdentity.of(who, opener.probe());
    }

    private void finishOpening(long now) {
        if (opening == null || !opening.isDone()) {
            return;
        }
        CompletableFuture<Line> done = opening;
        opening = null;
        line = done.exceptionally(e -> null).join();
        if (line != null) {
            if (connectWhenOpen) {
                begin(now);
            }
        } else {
            events.add(new LinkEvent.PortFailed(causeOf(done)));
        }
    }

    private static FotaException causeOf(CompletableFuture<Line> failed) {
        Throwable cause = failed.handle((opened, e) -> e).join();
        return cause instanceof FotaException known
                ? known
                : new FotaException(Reason.INTERNAL_ERROR, "The port could not be opened: " + cause, cause);
    }

    private void portVanished() {
        String name = line.portName();
        IOException failure = line.failure();
        line.close();
        line = null;
        sessionOver = true;
        freshPort = true;
        greetedSince = Deadline.NEVER;
        forgetStart();
        // A port that goes has no cause of ours; what has one is a bug.
        Reason reason = failure.getCause() == null ? Reason.PORT_MISSING : Reason.INTERNAL_ERROR;
        events.add(new LinkEvent.PortFailed(
                new FotaException(reason, "The port " + name + " is gone (" + failure.getMessage() + ").", failure)));
    }

    /** The next board at this port may be another one: it starts where boards do, or where this one did. */
    private void forgetStart() {
        if (boardStart != config.startBaud()) {
            boardStart = 0;
        }
    }

    /** Whether the port is open. */
    public boolean isOpen() {
        return line != null;
    }

    /** When step is next useful, or {@link Deadline#NEVER}. */
    public long deadline() {
        if (line == null || session == null) {
            return Deadline.NEVER;
        }
        return line.hasInput() ? 0 : session.deadline();
    }

    /** The next event, or null. */
    public LinkEvent poll() {
        return events.poll();
    }

    /** What all sessions so far did on the line. */
    public WireTotals wire() {
        return session == null ? finished : finished.plus(totals(session.stats()));
    }

    private static WireTotals totals(SessionStats stats) {
        return new WireTotals(
                stats.sentBytes(),
                stats.receivedBytes(),
                stats.retransmittedBytes(),
                stats.damagedFrames(),
                stats.pagesSent(),
                stats.pagesSkipped(),
                stats.pagesErased());
    }

    /** Ends the session without a word, and the port, within a bounded time. */
    @Override
    public void close() {
        if (opening != null) {
            opening.cancel(false);
            opening = null;
        }
        if (line != null) {
            line.close();
            line = null;
        }
    }
}
