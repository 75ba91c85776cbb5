package dev.fotabridge.host.link;

import dev.fotabridge.host.outcome.FotaException;
import java.util.concurrent.CompletableFuture;

/**
 * Opens a serial port on a thread of its own, since that may block for a second or so. Another thread uses the first time to rehearse a
 * session.
 */
final class ThreadedOpener implements LineOpener {
    private final PortOpener ports;
    private final int baud;
    private final Runnable wakeUp;
    private Thread rehearsal;

    ThreadedOpener(PortOpener ports, int baud, Runnable wakeUp) {
        this.ports = ports;
        this.baud = baud;
        this.wakeUp = wakeUp;
    }

    @Override
    public void open(CompletableFuture<Line> result) {
        if (rehearsal == null) {
            rehearsal = start("link-rehearsal", Rehearsal::play);
        }
        start("link-opener", () -> openNow(result));
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void openNow(CompletableFuture<Line> result) {
        try {
            SerialPort port = ports.open();
            awaitRehearsal();
            Line line = new LinkDriver(port, baud, wakeUp);
            if (!result.complete(line)) {
                line.close();
            }
        } catch (FotaException | RuntimeException e) {
            // The top of this thread: a bug in an adapter must end the wait of the owner too.
            result.completeExceptionally(e);
        }
        wakeUp.run();
    }

    /** A line that is open takes a session at once. */
    private void awaitRehearsal() {
        try {
            rehearsal.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
