package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.BayObserver;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.Subscription;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A board in memory, that keeps to the rules of a bay: one command at a time, and an interrupt counts for the one that runs. It has
 * those of a bay's methods that a rig calls.
 */
public final class FakeBay {
    private final String name;
    private final List<BayObserver> observers = new CopyOnWriteArrayList<>();
    private boolean busy;
    private boolean interrupted;
    private volatile boolean dead;
    private volatile boolean hangs;
    private volatile Reason updateEnds = Reason.SUCCEEDED;

    FakeBay(String name) {
        this.name = name;
    }

    /** Returns this as a bay. */
    Bay bay() {
        return (Bay) Proxy.newProxyInstance(Bay.class.getClassLoader(), new Class<?>[] {Bay.class}, this::call);
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        try {
            return FakeBay.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .invoke(this, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The board does not answer any more. */
    void die() {
        dead = true;
    }

    /** The next update does not end by itself. */
    void hang() {
        hangs = true;
    }

    void updateEnds(Reason reason) {
        updateEnds = reason;
    }

    /** The board prints a line. */
    void print(String line) {
        event(new BayEvent.Log(line, true));
    }

    private void event(BayEvent event) {
        EventOrigin origin = new EventOrigin(name, name, "run-1", "", Instant.EPOCH, 0);
        observers.forEach(observer -> observer.onEvent(origin, event));
    }

    private synchronized void begin() {
        if (busy) {
            throw new IllegalStateException("another command runs");
        }
        busy = true;
        interrupted = false;
    }

    private synchronized void end() {
        busy = false;
    }

    private synchronized void awaitInterrupt() throws FotaException {
        try {
            while (!interrupted) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
    }

    public String name() {
        return name;
    }

    public BoardReport info(Duration timeout) throws FotaException {
        begin();
        try {
            if (dead) {
                throw new FotaException(Reason.NO_ANSWER, "Nothing answers at " + name + ".");
            }
            return report();
        } finally {
            end();
        }
    }

    private BoardReport report() {
        return new BoardReport(
                "fake",
                name,
                "0123456789abcdef",
                "1",
                1,
                new BoardReport.Running("1.0.0+0", "00", "CONFIRMED", false),
                new BoardReport.Slot(0, 0, 0, 0, 0, "MOVE", "BLANK"),
                Optional.empty());
    }

    public BoardReport reset(Duration timeout) throws FotaException {
        print("reset");
        return info(timeout);
    }

    public void console() throws FotaException {
        begin();
        try {
            awaitInterrupt();
        } finally {
            end();
        }
    }

    public UpdateRecord update(Path file, UpdateOptions options) {
        begin();
        try {
            if (hangs) {
                awaitInterrupt();
            }
            return ended(updateEnds, "The update of " + file + ".");
        } catch (FotaException e) {
            return ended(e.reason(), e.getMessage());
        } finally {
            end();
        }
    }

    private UpdateRecord ended(Reason reason, String message) {
        UpdateRecord record = UpdateRecord.early(reason, message);
        event(new BayEvent.Ended(record));
        return record;
    }

    public synchronized void interrupt() {
        if (busy) {
            interrupted = true;
            notifyAll();
        }
    }

    public Subscription observe(BayObserver observer) {
        observers.add(observer);
        return new Subscription() {
            @Override
            public void awaitDelivered() {
                // Events are delivered where they happen.
            }

            @Override
            public void close() {
                observers.remove(observer);
            }
        };
    }

    public void close() {
        interrupt();
    }
}
