package dev.fotabridge.host.api;

/** Hears of each phase of an update before the board does: for those who must have something on disk by then. */
@FunctionalInterface
public interface UpdateGate {
    /** Lets every phase begin. */
    UpdateGate OPEN = phase -> {};

    /**
     * A phase begins; nothing of it has been sent to the board yet. {@link Phase#MARK} is the last one in which the image cannot start
     * by itself, {@link Phase#CONFIRM} the last one in which it can go back by itself.
     *
     * @param phase called on the thread of the command, which goes on when this returns; the board waits meanwhile
     */
    void entering(Phase phase);
}
