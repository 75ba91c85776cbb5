package dev.fotabridge.host.link;

import dev.fotabridge.host.outcome.FotaException;
import java.util.concurrent.CompletableFuture;

/** Opens a serial port on a thread of its own, since that may block for a second or so. */
final class ThreadedOpener implements LineOpener {
    private final PortOpener ports;
    private final int baud;
    private final Runnable wakeUp;

    ThreadedOpener(PortOpener ports, int baud, Runnable wakeUp) {
        this.ports = ports;
        this.baud = baud;
        this.wakeUp = wakeUp;
    }

    @Override
    public void open(CompletableFuture<Line> result) {
        Thread thread = new Thread(() -> openNow(result), "link-opener");
        thread.setDaemon(true);
        thread.start();
    }

    private void openNow(CompletableFuture<Line> result) {
        try {
            Line line = new LinkDriver(ports.open(), baud, wakeUp);
            if (!result.complete(line)) {
                line.close();
            }
        } catch (FotaException | RuntimeException e) {
            // The top of this thread: a bug in an adapter must end the wait of the owner too.
            result.completeExceptionally(e);
        }
        wakeUp.run();
    }
}
