package dev.fotabridge.host.update;

import dev.fotabridge.host.outcome.Outcome;
import java.util.Optional;

/** What an update tells its user while it runs. */
public sealed interface UpdateEvent {
    /**
     * One of the six events of the AWS FOTA library.
     *
     * @param percent 0 to 100 with DL_PROGRESS, -1 otherwise; 100 only once the board has verified the image
     */
    record Fota(FotaEvent event, int percent) implements UpdateEvent {
        static Fota of(FotaEvent event) {
            return new Fota(event, -1);
        }

        /** Returns the event with which a command ends; empty for a cancelled job, for which the AWS FOTA library has none. */
        public static Optional<UpdateEvent> atEnd(Outcome outcome) {
            return switch (outcome) {
                case SUCCEEDED, UP_TO_DATE -> Optional.of(of(FotaEvent.DONE));
                case ERROR, FAILED, REFUSED, REVERTED, PARTIAL -> Optional.of(of(FotaEvent.ERROR));
                case NO_JOB, CANCELED, INTERRUPTED -> Optional.empty();
            };
        }
    }

    /** A phase begins. */
    record PhaseEntered(Phase phase) implements UpdateEvent {}

    /**
     * How far the image is.
     *
     * @param bytes of the file that are durable on the board (or on disk, while downloading)
     * @param total of the file, or -1 if not known
     * @param bytesPerSecond measured in this phase, 0 if not known
     * @param etaSeconds estimate, -1 if not known
     */
    record Transfer(long bytes, long total, long bytesPerSecond, long etaSeconds) implements UpdateEvent {}

    /** A line of the board's console, or of our own story, without control characters. */
    record Log(String line) implements UpdateEvent {}
}
