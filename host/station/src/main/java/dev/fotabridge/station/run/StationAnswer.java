package dev.fotabridge.station.run;

/**
 * The answer to a request.
 *
 * @param status HTTP status
 * @param code one word that says why
 * @param message one sentence for people; empty where the word says it
 * @param run id of the run that it is about; empty if none
 */
public record StationAnswer(int status, String code, String message, String run) {
    /** Most that still is a success. */
    private static final int LAST_SUCCESS = 299;

    /** {@return whether it was taken} */
    public boolean isTaken() {
        return status <= LAST_SUCCESS;
    }
}
