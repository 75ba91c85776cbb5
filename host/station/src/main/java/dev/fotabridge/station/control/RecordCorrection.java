package dev.fotabridge.station.control;

/**
 * A correction of a record.
 *
 * @param seq which record
 * @param field the column that is wrong, by its name in the API
 * @param value what is right, at most {@value #LONGEST_VALUE} characters
 * @param why why it was wrong, 1 to {@value #LONGEST_WHY} characters
 * @param who who says so, 1 to {@value #LONGEST_WHO} characters
 */
public record RecordCorrection(long seq, String field, String value, String why, String who) {
    /** Most characters of a value. */
    public static final int LONGEST_VALUE = 128;

    /** Most characters of a reason. */
    public static final int LONGEST_WHY = 500;

    /** Most characters of a name. */
    public static final int LONGEST_WHO = 64;
}
