package dev.fotabridge.host.api;

/** The one word of a RESULT. */
public enum Outcome {
    SUCCEEDED,
    UP_TO_DATE,
    ERROR,
    FAILED,
    REFUSED,
    NO_JOB,
    REVERTED,
    CANCELED,
    PARTIAL,
    INTERRUPTED
}
