package dev.fotabridge.station.control;

/**
 * A correction of a record.
 *
 * @param seq which record
 * @param field the column that is wrong, by its name in the API
 * @param value what is right, at most 128 characters
 * @param why why it was wrong, 1 to 500 characters
 * @param who who says so, 1 to 64 characters
 */
public record RecordCorrection(long seq, String field, String value, String why, String who) {}
