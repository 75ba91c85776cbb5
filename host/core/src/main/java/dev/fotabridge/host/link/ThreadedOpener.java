package dev.fotabridge.host.link;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.thread.WatchedThreads;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a serial port on a thread of its own, since that may block for a second or so. Another thread uses the first time to rehearse a
 * session.
 */
final class ThreadedOpener implements LineOpener {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadedOpener.class);

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
            // It only saves time: what it met, the session itself will meet and tell.
            rehearsal =
                    WatchedThreads.start("link-rehearsal", Rehearsal::play, e -> LOG.debug("the rehearsal failed", e));
        }
        WatchedThreads.start("link-opener", () -> openNow(result), e -> failed(result, e));
    }

    @Override
    public String probe() {
        return ports.probe();
    }

    private void openNow(CompletableFuture<Line> result) {
        try {
            SerialPort port = ports.open();
            awaitRehearsal();
            Line line = new LinkDriver(port, baud, wakeUp);
            if (!result.complete(line)) {
                line.close();
            }
            wakeUp.run();
        } catch (FotaException e) {
            failed(result, e);
        }
    }

    /** A bug in an adapter must end the wait of the owner too. */
    private void failed(CompletableFuture<Line> result, Throwable cause) {
        result.completeExceptionally(cause);
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
