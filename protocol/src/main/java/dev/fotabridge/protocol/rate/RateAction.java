package dev.fotabridge.protocol.rate;

/** What the session does next for the line's rate. */
public enum RateAction {
    NONE,
    /** Send RATE with {@link RateControl#target}, under a new tag. */
    ASK,
    PING,
    /** The rate is settled: resume the upload or the modem's task. */
    GO_ON
}
