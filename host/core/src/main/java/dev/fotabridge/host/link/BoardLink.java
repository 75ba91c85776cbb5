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
 * One board's line. It opens the port at the first command, keeps it open from session to session, and begins a fresh
 * session for each connect. Commands return at once; their outcome is an event. A command to a session that has
 * failed does nothing, since the failure's event is already queued. One thread owns it; other threads call only the
 * wake-up. Time is nanoseconds of one monotonic clock that starts near zero.
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

    /** Returns the line's rate now, bits a second. */
    public int baud() {
        return session == null ? config.startBaud() : session.lineRate();
    }

    /**
     * Opens the port and listens to the board's console; sends nothing. The event is PortFailed if the port does not
     * open.
     */
    public void listen(long now) {
        newSession(Long.MAX_VALUE, now);
        sessionOver = true;
        openPort();
    }

    /**
     * Ends the open session and begins another, on the same port if it is still open.
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
     * Returns the rates at which the board may be listening. HELLO at a wrong rate is noise to the board.
     *
     * <p>Unknown board, or a board that offers no rates: try the rate that last worked, else the starting rate. If
     * the board is silent for longer than it keeps a raised rate without a host, try the other rate, too; the silence
     * may span sessions.
     *
     * <p>A board that offers rates names its starting rate: try that one. If this host left it at another rate and
     * nobody has reset it since, try that rate, too.
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

    /** In READY: compares the slot with the image. */
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

    /** In READY: carries out the modem task. */
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

    /** Moves bytes, runs what is due, collects events. Blocks only while a port that vanished is closed. */
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

    /** Returns the identity of the board that sent this on the open line. */
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
        // A port that vanishes is an IOException without a cause. A cause means a bug of ours.
        Reason reason = failure.getCause() == null ? Reason.PORT_MISSING : Reason.INTERNAL_ERROR;
        events.add(new LinkEvent.PortFailed(
                new FotaException(reason, "The port " + name + " is gone (" + failure.getMessage() + ").", failure)));
    }

    /**
     * The next board at this port may be another one, so a starting rate that is not the configured one is forgotten.
     */
    private void forgetStart() {
        if (boardStart != config.startBaud()) {
            boardStart = 0;
        }
    }

    /** Returns whether the port is open. */
    public boolean isOpen() {
        return line != null;
    }

    /** Returns the time at which {@link #step} is next useful, or {@link Deadline#NEVER}. */
    public long deadline() {
        if (line == null || session == null) {
            return Deadline.NEVER;
        }
        return line.hasInput() ? 0 : session.deadline();
    }

    /** Returns the next event, or null. */
    public LinkEvent poll() {
        return events.poll();
    }

    /** Returns the totals of all sessions so far. */
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

    /** Closes the port within a bounded time; sends nothing. */
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
