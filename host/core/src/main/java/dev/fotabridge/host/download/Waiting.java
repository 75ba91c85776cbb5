package dev.fotabridge.host.download;

import java.util.concurrent.CountDownLatch;

/** Port: how a download's thread waits, so that time can be a test's own. */
@FunctionalInterface
public interface Waiting {
    /**
     * Blocks until the gate is open or the time is over.
     *
     * @return whether the gate is open
     */
    boolean await(CountDownLatch gate, long nanos) throws InterruptedException;
}
