package dev.fotabridge.protocol.board;

/** Whether the running image is confirmed; SPEC.md section 3.2, item RUNNING. */
public enum RunningState {
    UNKNOWN,
    CONFIRMED,
    /** A test swap that is not confirmed: the next reset reverts it. */
    ON_TRIAL
}
