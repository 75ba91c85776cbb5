package dev.fotabridge.host.sequence;

/** The host's process ends here: nothing that it would still have done is done. An error, so that nobody handles it. */
final class HostKilled extends Error {
    private static final long serialVersionUID = 1;

    HostKilled() {
        super("killed", null, false, false);
    }
}
