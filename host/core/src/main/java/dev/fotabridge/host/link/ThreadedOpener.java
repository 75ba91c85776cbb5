package dev.fotabridge.host.link;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.thread.WatchedThreads;
import java.util.concurrent.CompletableFuture;

/**
 * Opens a serial port on a thread of its own, since that may block for a second or so. A line that is open takes a session at
 * once: it waits for the rehearsal.
 * Tested by AgentIT.
 */
public final class ThreadedOpener implements LineOpener {
    private final PortOpener ports;
    private final int baud;
    private final Runnable wakeUp;
    private final Rehearsal rehearsal;

    /**
     * Opens nothing yet.
     *
     * @param baud of a port that is opened
     * @param wakeUp called on any thread when a line has work; returns at once
     */
    public ThreadedOpener(PortOpener ports, int baud, Runnable wakeUp, Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
        this.ports = ports;
        this.baud = baud;
        this.wakeUp = wakeUp;
    }

    @Override
    public void open(CompletableFuture<Line> result) {
        rehearsal.begin();
        WatchedThreads.start("link-opener", () -> openNow(result), e -> failed(result, e));
    }

    @Override
    public String probe() {
        return ports.probe();
    }

    private void openNow(CompletableFuture<Line> result) {
        try {
            SerialPort port = ports.open();
            rehearsal.await();
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
}
