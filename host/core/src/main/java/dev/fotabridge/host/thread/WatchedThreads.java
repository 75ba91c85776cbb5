package dev.fotabridge.host.thread;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes the host's daemon threads, all of them. Whatever ends a thread's work but its return, an Error too, is told to whoever
 * waits for that thread; otherwise it would be a stall that nobody explains. The one that is told is called on the failed
 * thread; it returns at once.
 */
public final class WatchedThreads {
    private WatchedThreads() {}

    /** A thread that is not started yet. */
    public static Thread daemon(String name, Runnable work, Consumer<Throwable> failed) {
        Thread thread = new Thread(watched(work, failed), name);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts a thread. */
    public static Thread start(String name, Runnable work, Consumer<Throwable> failed) {
        Thread thread = daemon(name, work, failed);
        thread.start();
        return thread;
    }

    /** One thread for any number of tasks. After a task that failed the next one runs; a periodic one does not run again. */
    public static ScheduledThreadPoolExecutor executor(String name, Consumer<Throwable> failed) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> daemon(name, task, failed)) {
            @Override
            protected void afterExecute(Runnable task, Throwable thrown) {
                tellFailure(task, failed);
            }
        };
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** As many threads as there are tasks that block. */
    public static ExecutorService pool(String name, Consumer<Throwable> failed) {
        return Executors.newCachedThreadPool(task -> daemon(name, task, failed));
    }

    /** At most so many threads; further tasks wait. A thread without work ends after a second. */
    public static ThreadPoolExecutor pool(String name, int threads, Consumer<Throwable> failed) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> daemon(name, task, failed));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Runnable watched(Runnable work, Consumer<Throwable> failed) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                // The top of a thread.
                failed.accept(e);
            }
        };
    }

    /** A scheduling executor keeps what its tasks throw to itself. */
    private static void tellFailure(Runnable task, Consumer<Throwable> failed) {
        if (task instanceof Future<?> ended && ended.isDone()) {
            try {
                ended.get();
            } catch (ExecutionException e) {
                failed.accept(e.getCause());
            } catch (CancellationException e) {
                // Its owner wanted that.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
