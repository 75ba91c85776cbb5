package dev.fotabridge.protocol.session;

import java.util.EnumSet;
import java.util.Set;

/** The host's states; SPEC.md section 7 holds the table. */
public enum SessionState {
    IDLE,
    CONNECTING,
    READY,
    COMPARING,
    BEGINNING,
    SENDING,
    VERIFYING,
    VERIFIED,
    MARKING,
    MARKED,
    CONFIRMING,
    MODEM,
    ABORTING,
    ENDED,
    RESETTING,
    CLOSED,
    FAILED;

    /** Returns whether WELCOME came and the session is not over. */
    public boolean hasSession() {
        return this != IDLE && this != CONNECTING && !isOver();
    }

    /** Returns whether {@link HostSession#abort} is legal. */
    public boolean canAbort() {
        return hasSession() && canBecome(ABORTING);
    }

    /** Returns whether the session is over, so that a new one is needed. */
    public boolean isOver() {
        return this == CLOSED || this == FAILED;
    }

    /** Returns the states that may follow. FAILED may also follow any state that is not over. */
    private Set<SessionState> successors() {
        return switch (this) {
            case IDLE -> EnumSet.of(CONNECTING);
            case CONNECTING, CONFIRMING -> EnumSet.of(READY, ABORTING);
            case MODEM -> EnumSet.of(READY);
            case READY -> EnumSet.of(COMPARING, BEGINNING, CONFIRMING, MODEM, ABORTING, RESETTING);
            case COMPARING -> EnumSet.of(READY, BEGINNING, SENDING, VERIFYING, ABORTING);
            case BEGINNING -> EnumSet.of(SENDING, VERIFYING, ABORTING);
            case SENDING -> EnumSet.of(COMPARING, VERIFYING, ABORTING, RESETTING);
            case VERIFYING -> EnumSet.of(VERIFIED, ABORTING);
            case VERIFIED -> EnumSet.of(MARKING, ABORTING, RESETTING);
            case MARKING -> EnumSet.of(MARKED, ABORTING);
            case MARKED, ENDED -> EnumSet.of(ABORTING, RESETTING);
            case ABORTING -> EnumSet.of(ENDED);
            case RESETTING -> EnumSet.of(CLOSED);
            case CLOSED, FAILED -> EnumSet.noneOf(SessionState.class);
        };
    }

    boolean canBecome(SessionState next) {
        return successors().contains(next) || (next == FAILED && !isOver());
    }
}
