package dev.fotabridge.station.verdict;

/** How far an attempt has come on the board. The order of the constants is the order in time. */
public enum RunStage {
    /** MARK is not sent yet: the board starts its old image, whatever happens. */
    WRITING,
    /** MARK is sent, or is being sent: the board may start either image. */
    MARKED,
    /** CONFIRM is sent, or is being sent, and is not read back yet. */
    CONFIRMING,
    /** The board has said what it runs, and whether it is confirmed. */
    PROVEN;

    /** {@return whether nobody can know what a board that is lost now runs} */
    public boolean isInDoubt() {
        return this == MARKED || this == CONFIRMING;
    }
}
