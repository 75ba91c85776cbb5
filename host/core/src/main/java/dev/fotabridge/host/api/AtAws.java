package dev.fotabridge.host.api;

/** Final state of the job execution at AWS. */
public enum AtAws {
    /** The execution ends SUCCEEDED. */
    SUCCEEDED,
    /** The execution ends FAILED; AWS may retry it as a new execution. */
    FAILED,
    /** The execution ends REJECTED; AWS never retries it. */
    REJECTED,
    /** Nothing is reported: there is no job, it has ended already, or it goes on at the next start. */
    NOTHING
}
