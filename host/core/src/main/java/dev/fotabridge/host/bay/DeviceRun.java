package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.link.BoardLink;
import dev.fotabridge.host.link.LinkEvent;
import dev.fotabridge.host.update.FailureReasons;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.session.SessionEvent;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks, resets or listens to one board. Tested by BoardBayIT. */
public final class DeviceRun {
    private final BayLoop loop;
    private final OpenBay bay;
    private final Duration timeout;
    private final Consumer<String> console;

    /** @param console takes the lines that the board prints meanwhile */
    public DeviceRun(OpenBay bay, Duration timeout, BayLoop loop, Consumer<String> console) {
        this.loop = loop;
        this.bay = bay;
        this.timeout = timeout;
        this.console = console;
    }

    /** Returns what the board says of itself. */
    public BoardInfo info() throws FotaException {
        bay.link().connect(timeout.toNanos(), loop.now());
        return ((SessionEvent.Connected) await(SessionEvent.Connected.class)).board();
    }

    /** Resets the board and waits until it answers again; returns what it then says. */
    public BoardInfo reset() throws FotaException {
        BoardInfo before = info();
        BoardIdentity who = bay.link().identityOf(before);
        bay.link().reset(loop.now());
        await(SessionEvent.Resetting.class);
        BoardInfo after = info();
        BoardIdentity now = bay.link().identityOf(after);
        if (who.match(now) == BoardIdentity.Match.OTHER) {
            throw new FotaException(Reason.NOT_VERIFIED, "At the port of " + who + " answers " + now + " now.");
        }
        if (after.identity().bootId().equals(before.identity().bootId())) {
            throw new FotaException(Reason.NOT_VERIFIED, "The board answers, but has not started anew.");
        }
        return after;
    }

    /** Passes console lines on until the caller interrupts it or the port is gone; both are exceptions. */
    public void listen() throws FotaException {
        bay.listen();
        while (!loop.isInterrupted()) {
            nextEvent();
        }
        throw interrupted();
    }

    private SessionEvent await(Class<? extends SessionEvent> wanted) throws FotaException {
        while (!loop.isInterrupted()) {
            SessionEvent event = nextEvent();
            if (wanted.isInstance(event)) {
                return event;
            }
            if (event instanceof SessionEvent.Failed failed) {
                Reason reason = wanted == SessionEvent.Connected.class
                        ? FailureReasons.ofFirstContact(failed.failure())
                        : FailureReasons.of(failed.failure());
                throw new FotaException(reason, FailureReasons.sentence(failed));
            }
        }
        throw interrupted();
    }

    private static FotaException interrupted() {
        return new FotaException(Reason.INTERRUPTED, "Interrupted.");
    }

    private SessionEvent nextEvent() throws FotaException {
        BoardLink link = bay.link();
        LinkEvent event = link.poll();
        if (event == null) {
            link.step(loop.now());
            event = link.poll();
        }
        if (event == null) {
            loop.await(link.deadline());
            return null;
        }
        if (event instanceof LinkEvent.PortFailed failed) {
            throw failed.cause();
        }
        SessionEvent inner = ((LinkEvent.Session) event).event();
        if (inner instanceof SessionEvent.ConsoleLine line) {
            console.accept(line.text());
        }
        return inner;
    }
}
