package dev.fotabridge.host.bay;

import dev.fotabridge.host.store.StateDirectory;

/**
 * What a bay's commands need from the program.
 *
 * @param state where journals and images are kept
 * @param software name and version of this program, sent to boards and AWS; ASCII, cut to 32 characters
 * @param session names this run of the program; 1 to 32 letters and digits, random
 * @param loop the bay's clock, wake-up and threads
 * @param shared parts that all bays of the process use
 */
public record BayContext(StateDirectory state, String software, String session, BayLoop loop, SharedParts shared) {
    private static final int MAX_SOFTWARE = 32;

    /** Cuts the software name to its limit. */
    public BayContext {
        software = software.length() > MAX_SOFTWARE ? software.substring(0, MAX_SOFTWARE) : software;
    }
}
