package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread of one board. It listens to the console whenever it has nothing else to do, and stops that for a command: a bay does one
 * thing at a time. A port that is gone is looked for again. Tested by BoardWorkerTest.
 */
final class BoardWorker implements AutoCloseable {
    /** An interrupt that comes just before the bay listens, or begins its command, is lost, so it is repeated. */
    private static final long INTERRUPT_AGAIN_MILLIS = 5;

    private static final long PORT_RETRY_MILLIS = 100;

    /** What a bay takes at most to end a command that is interrupted: half a minute is plenty, and more is a bug. */
    private static final long END_SECONDS = 30;

    private final Bay bay;
    private final Thread thread;
    private FutureTask<?> waiting;
    private boolean listening;
    private boolean closed;

    /** What a board is told to do. */
    @FunctionalInterface
    interface Command<T> {
        T run() throws FotaException;
    }

    /** The command has been interrupted, since its time was up. */
    static final class TimeUp extends Exception {
        private static final long serialVersionUID = 1;
    }

    BoardWorker(Bay bay) {
        this.bay = bay;
        this.thread = new Thread(this::work, "fota-rig-" + bay.name());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs a command on the board's thread and waits for its end.
     *
     * @throws FotaException what the command throws; INTERRUPTED if this thread is interrupted, or the worker is closed
     * @throws TimeUp if it takes longer than the limit
     */
    <T> T run(Duration limit, Command<T> command) throws FotaException, TimeUp {
        FutureTask<T> task = new FutureTask<>(command::run);
        try {
            begin(task);
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            end(task);
            throw new TimeUp();
        } catch (InterruptedException e) {
            end(task);
            Thread.currentThread().interrupt();
            throw new FotaException(Reason.INTERRUPTED, "The test was interrupted.");
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        }
    }

    private synchronized void begin(FutureTask<?> task) throws FotaException, InterruptedException {
        waiting = task;
        notifyAll();
        while (waiting == task) {
            if (closed) {
                throw new FotaException(Reason.INTERRUPTED, "The board is released.");
            }
            if (listening) {
                bay.interrupt();
            }
            wait(INTERRUPT_AGAIN_MILLIS);
        }
    }

    /** Whatever comes of it, the board's thread is free again. If the command has just ended, only the console is interrupted. */
    private void end(FutureTask<?> task) {
        synchronized (this) {
            if (waiting == task) {
                waiting = null;
                return;
            }
        }
        long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        try {
            while (!task.isDone() && System.nanoTime() < last) {
                bay.interrupt();
                awaitFor(task, INTERRUPT_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How it ends does not matter any more; a command that never ends is found by the next one. */
    private static void awaitFor(FutureTask<?> task, long millis) throws InterruptedException {
        try {
            task.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return;
        }
    }

    private static FotaException failed(Throwable cause) {
        if (cause instanceof FotaException known) {
            return known;
        }
        return new FotaException(Reason.INTERNAL_ERROR, "Something unforeseen happened: " + cause, cause);
    }

    private void work() {
        for (boolean goesOn = true; goesOn; ) {
            FutureTask<?> task;
            synchronized (this) {
                task = waiting;
                waiting = null;
                listening = task == null;
                goesOn = !closed;
                notifyAll();
            }
            if (task != null) {
                task.run();
            } else if (goesOn) {
                listen();
            }
        }
    }

    private void listen() {
        boolean gone = false;
        try {
            bay.console();
        } catch (FotaException e) {
            gone = e.reason() != Reason.INTERRUPTED;
        }
        synchronized (this) {
            listening = false;
            if (gone) {
                rest();
            }
        }
    }

    private synchronized void rest() {
        try {
            if (waiting == null && !closed) {
                wait(PORT_RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Ends the command that runs, and the thread. The bay is free afterwards. */
    @Override
    public void close() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            while (thread.isAlive() && System.nanoTime() < end) {
                bay.interrupt();
                thread.join(INTERRUPT_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
