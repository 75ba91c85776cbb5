package dev.fotabridge.host.link;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.protocol.session.HostSession;
import dev.fotabridge.protocol.session.SessionConfig;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.Upload;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One board's line: opens the port when it is wanted, keeps it open from session to session, and begins a fresh session for
 * each connect. Commands return at once, what becomes of them is an event; a command to a session that has failed
 * meanwhile does nothing, since that event waits already. One thread owns it; only the wake-up is called from others. Time is nanoseconds of one monotonic clock that starts near zero.
 */
public final class BoardLink implements AutoCloseable {
    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private final PortOpener opener;
    private final LinkConfig config;
    private final Supplier<byte[]> nonces;
    private final Runnable wakeUp;
    private final Queue<LinkEvent> events = new ArrayDeque<>();

    private CompletableFuture<SerialPort> opening;
    private long connectLimitNanos;
    private LinkDriver driver;
    private HostSession session;
    private boolean sessionOver = true;
    private boolean connectWhenOpen;
    private WireTotals finished = WireTotals.NONE;

    /**
     * Does nothing until the first command.
     *
     * @param nonces 8 fresh random bytes each time
     * @param wakeUp called on any thread when {@link #step} has work; returns at once
     */
    public BoardLink(PortOpener opener, LinkConfig config, Supplier<byte[]> nonces, Runnable wakeUp) {
        this.opener = opener;
        this.config = config;
        this.nonces = nonces;
        this.wakeUp = wakeUp;
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
        if (driver != null) {
            begin(now);
        } else {
            sessionOver = true;
            connectWhenOpen = true;
            openPort();
        }
    }

    private void begin(long now) {
        connectWhenOpen = false;
        newSession(connectLimitNanos, now);
        sessionOver = false;
        session.connect(now);
    }

    private void newSession(long limitNanos, long now) {
        if (session != null) {
            finished = finished.plus(session.stats());
        }
        SessionConfig sessionConfig = new SessionConfig(limitNanos, config.silenceLimitNanos(), config.software());
        session = new HostSession(sessionConfig, nonces.get(), now);
    }

    private void openPort() {
        if (opening != null || driver != null) {
            return;
        }
        CompletableFuture<SerialPort> result = new CompletableFuture<>();
        opening = result;
        Thread thread = new Thread(() -> open(result), "link-opener");
        thread.setDaemon(true);
        thread.start();
    }

    private void open(CompletableFuture<SerialPort> result) {
        try {
            SerialPort port = opener.open();
            if (!result.complete(port)) {
                port.close();
            }
        } catch (FotaException | RuntimeException e) {
            // The top of this thread: a bug in an adapter must end the wait of the owner too.
            result.completeExceptionally(e);
        }
        wakeUp.run();
    }

    /** In READY: sends the image. */
    public void upload(Upload upload, long now) {
        if (!sessionOver) {
            session.upload(upload, now);
        }
    }

    /** In VERIFIED: marks the image pending. */
    public void mark(long now) {
        if (!sessionOver) {
            session.mark(now);
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
        if (driver == null) {
            return;
        }
        driver.step(session, now);
        for (SessionEvent event = session.poll(); event != null; event = session.poll()) {
            collect(event);
        }
        if (driver.failure() != null) {
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
        }
    }

    private void finishOpening(long now) {
        if (opening == null || !opening.isDone()) {
            return;
        }
        CompletableFuture<SerialPort> done = opening;
        opening = null;
        SerialPort port = done.exceptionally(e -> null).join();
        if (port != null) {
            driver = new LinkDriver(port, config.baud(), wakeUp);
            if (connectWhenOpen) {
                begin(now);
            }
        } else {
            events.add(new LinkEvent.PortFailed(causeOf(done)));
        }
    }

    private static FotaException causeOf(CompletableFuture<SerialPort> failed) {
        Throwable cause = failed.handle((port, e) -> e).join();
        return cause instanceof FotaException known
                ? known
                : new FotaException(Reason.INTERNAL_ERROR, "The port could not be opened: " + cause, cause);
    }

    private void portVanished() {
        String name = driver.portName();
        String why = driver.failure().getMessage();
        driver.close();
        driver = null;
        sessionOver = true;
        events.add(new LinkEvent.PortFailed(
                new FotaException(Reason.PORT_MISSING, "The port " + name + " is gone (" + why + ").")));
    }

    /** Whether the port is open. */
    public boolean isOpen() {
        return driver != null;
    }

    /** When step is next useful, or {@link #NEVER}. */
    public long deadline() {
        if (driver == null || session == null) {
            return NEVER;
        }
        return driver.hasInput() ? 0 : session.deadline();
    }

    /** The next event, or null. */
    public LinkEvent poll() {
        return events.poll();
    }

    /** What all sessions so far did on the line. */
    public WireTotals wire() {
        return session == null ? finished : finished.plus(session.stats());
    }

    /** Ends the session without a word, and the port, within a bounded time. */
    @Override
    public void close() {
        if (opening != null) {
            opening.cancel(false);
            opening = null;
        }
        if (driver != null) {
            driver.close();
            driver = null;
        }
    }
}
