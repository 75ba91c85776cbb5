package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardLink;
import dev.fotabridge.host.link.BoardPort;
import dev.fotabridge.host.link.LinkConfig;
import dev.fotabridge.host.link.LinkEvent;
import dev.fotabridge.host.link.PortOpener;
import dev.fotabridge.host.link.SerialPort;
import dev.fotabridge.host.link.ThreadedOpener;
import dev.fotabridge.host.link.serial.JSerialCommPort;
import dev.fotabridge.host.store.ProcessLock;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.time.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Holds a bay whose port is chosen and locked against other processes, with its link and its loop.
 * Tested by BoardBayIT.
 */
public final class OpenBay implements AutoCloseable {
    private static final long SILENCE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String port;
    private final Runnable unlock;
    private final BayLoop loop;
    private final BoardLink link;

    /** @param unlock called when the bay is closed */
    public OpenBay(String port, Runnable unlock, BayLoop loop, BoardLink link) {
        this.port = port;
        this.unlock = unlock;
        this.loop = loop;
        this.link = link;
    }

    /**
     * Chooses and locks the port; opens nothing yet.
     *
     * @throws FotaException NO_BOARD, SEVERAL_BOARDS or PORT_BUSY
     */
    public static OpenBay open(BayConfig config, BayContext context) throws FotaException {
        SharedParts shared = context.shared();
        BoardPort board = config.port().isPresent()
                ? BoardPort.at(config.port().get(), shared::ports)
                : BoardPort.choose(shared::ports, config.serialNumber());
        String path = board.path();
        ProcessLock lock = ProcessLock.acquire("port " + realName(place(board)), Reason.PORT_BUSY, "The port " + path);
        SecureRandom random = new SecureRandom();
        // If --baud is below --start-baud, the board starts at --baud.
        int start = Math.min(config.startBaud(), config.baud());
        PortOpener opener = new BoardOpener(board, start, shared.watchdog());
        BoardLink link = new BoardLink(
                new ThreadedOpener(opener, start, context.loop()::wake, shared.rehearsal()),
                new LinkConfig(start, config.baud(), SILENCE_LIMIT_NANOS, context.software()),
                () -> nonce(random),
                new FileRateBook(context.state(), Clock.systemUTC()));
        return new OpenBay(path, lock::close, context.loop(), link);
    }

    /** Opens the port where the board is now. */
    private static final class BoardOpener implements PortOpener {
        private final BoardPort board;
        private final int baud;
        private final ScheduledExecutorService watchdog;
        private volatile String probe = "";

        BoardOpener(BoardPort board, int baud, ScheduledExecutorService watchdog) {
            this.watchdog = watchdog;
            this.board = board;
            this.baud = baud;
        }

        @Override
        public SerialPort open() throws FotaException {
            BoardPort.Place place = board.now();
            probe = place.probe();
            return JSerialCommPort.open(place.path(), baud, watchdog);
        }

        @Override
        public String probe() {
            return probe;
        }
    }

    /** The path by which other processes name the port; of an empty USB place its name. */
    private static String place(BoardPort board) {
        try {
            return board.path().startsWith(BoardPort.USB) ? board.now().path() : board.path();
        } catch (FotaException e) {
            return board.path();
        }
    }

    /** Compares by real path, since a link to a port is the same port. A simulator's link may not exist yet. */
    private static String realName(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException e) {
            return Path.of(path).toAbsolutePath().normalize().toString();
        }
    }

    private static byte[] nonce(SecureRandom random) {
        byte[] nonce = new byte[8];
        random.nextBytes(nonce);
        return nonce;
    }

    /** Opens the port and waits until it is open, so that the caller learns at once if it cannot be opened. */
    public void listen() throws FotaException {
        link.listen(loop.now());
        while (!link.isOpen() && !loop.isInterrupted()) {
            link.step(loop.now());
            LinkEvent event = link.poll();
            if (event instanceof LinkEvent.PortFailed failed) {
                throw failed.cause();
            }
            if (!link.isOpen()) {
                loop.await(Deadline.NEVER);
            }
        }
    }

    /** Drops the events that an earlier command left, except console lines. */
    public void settle(Consumer<String> console) {
        for (LinkEvent event = link.poll(); event != null; event = link.poll()) {
            if (event instanceof LinkEvent.Session session
                    && session.event() instanceof SessionEvent.ConsoleLine line) {
                console.accept(line.text());
            }
        }
    }

    /** Returns what people call a board at this place: its unit id, or the port if it has none. */
    public String nameOf(BoardInfo board) {
        String unit = board.identity().unit();
        return unit.isEmpty() ? port : unit;
    }

    /** Returns the path of the port. */
    public String port() {
        return port;
    }

    /** Returns the link to the board; for the thread that calls. */
    public BoardLink link() {
        return link;
    }

    @Override
    public void close() {
        link.close();
        unlock.run();
    }
}
