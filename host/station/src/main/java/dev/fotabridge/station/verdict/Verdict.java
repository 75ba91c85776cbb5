package dev.fotabridge.station.verdict;

/** What an attempt says about the unit, in one word. */
public enum Verdict {
    /** The board has answered that it runs the approved image, confirmed. */
    PASS,
    /** The cause is in the unit. */
    FAIL,
    /** The cause is in the station: image, document, download, cloud, storage, port, or a bug. It says nothing about the unit. */
    ERROR,
    /** The attempt was ended from outside: by a person, by AWS, by an unplugged board, or by a station that was killed. */
    ABORTED,
    /** Nobody knows what the board runs: it was lost after MARK was sent and before it said what it runs. */
    UNKNOWN
}
