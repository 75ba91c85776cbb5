package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.thread.WatchedThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into an orderly end: whatever runs is asked to stop, may say how it ended, and its own exit code
 * counts. If it does not stop in time the process ends as interrupted all the same.
 * Tested by ConsoleIT.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile int exitCode = Reason.INTERRUPTED.exitCode();

    /** @param interrupt asks for the end; any thread, returns at once */
    Interruption(Runnable interrupt) {
        hook = WatchedThreads.daemon("interruption", () -> end(interrupt), e -> halt());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(Runnable interrupt) {
        interrupt.run();
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        halt();
    }

    /** The virtual machine's own code would be 128 + signal, whatever the command has said. */
    private void halt() {
        Runtime.getRuntime().halt(exitCode);
    }

    /** The command has ended by itself or because it was asked to. */
    int endsWith(int code) {
        exitCode = code;
        return code;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook runs already, and ends the process.
            ended.countDown();
        }
    }
}
