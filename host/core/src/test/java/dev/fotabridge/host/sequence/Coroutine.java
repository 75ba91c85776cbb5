package dev.fotabridge.host.sequence;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * A thread of the host that runs only while the world stands still and waits for it: of all threads one runs at a time, in an
 * order that a seed repeats.
 */
final class Coroutine {
    private final Semaphore itsTurn = new Semaphore(0);
    private final Semaphore worldsTurn = new Semaphore(0);
    private final BooleanSupplier killed;
    private final Thread thread;

    private long wakeAt;
    private BooleanSupplier ready = () -> true;
    private boolean over;
    private Throwable failure;

    /** @param killed whether the process has died: then the thread does nothing any more */
    Coroutine(Runnable work, BooleanSupplier killed) {
        this.killed = killed;
        this.thread = new Thread(() -> run(work), "sequence-coroutine");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Runnable work) {
        itsTurn.acquireUninterruptibly();
        try {
            if (!killed.getAsBoolean()) {
                work.run();
            }
        } catch (HostKilled e) {
            over = true;
        } catch (Throwable e) {
            // Told to the world's thread, whose test it is.
            failure = e;
        } finally {
            over = true;
            worldsTurn.release();
        }
    }

    /** On the world's thread: lets it run until it waits or is over. */
    void resume() {
        itsTurn.release();
        worldsTurn.acquireUninterruptibly();
        if (failure != null) {
            throw new AssertionError("a thread of the host failed", failure);
        }
    }

    /** On its own thread: waits until the time, or until the condition holds. */
    void pause(long until, BooleanSupplier condition) {
        wakeAt = until;
        ready = condition;
        worldsTurn.release();
        itsTurn.acquireUninterruptibly();
        if (killed.getAsBoolean()) {
            throw new HostKilled();
        }
    }

    boolean isDue(long now) {
        return !over && (now >= wakeAt || ready.getAsBoolean());
    }

    boolean isOver() {
        return over;
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    long next() {
        return over ? Long.MAX_VALUE : wakeAt;
    }
}
