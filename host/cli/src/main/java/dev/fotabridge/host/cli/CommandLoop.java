package dev.fotabridge.host.cli;

import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.bay.SharedParts;

/** The loop of a command that looks inside the library, and that an interruption ends, whenever it comes. Any thread may call. Tested by DoctorIT. */
final class CommandLoop {
    private BayLoop loop;
    private boolean stopped;

    /** Asks whatever waits by the loop to end, now or later. */
    synchronized void stop() {
        stopped = true;
        if (loop != null) {
            loop.interrupt();
        }
    }

    /** Makes the loop. */
    synchronized BayLoop begin(SharedParts shared) {
        loop = shared.loop();
        if (stopped) {
            loop.interrupt();
        }
        return loop;
    }
}
