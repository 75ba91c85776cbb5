package dev.fotabridge.host.api;

import java.util.Optional;

/**
 * One fact about a bay. The events of a bay are ordered; an {@link EventOrigin} says where and when each happened. Sizes are in
 * bytes.
 */
public sealed interface BayEvent {
    /**
     * A board has answered, or the port where one is expected was chosen.
     *
     * @param name unit id of the board; path of its port while the board has not told its id, or has none
     */
    record BoardSeen(String name) implements BayEvent {}

    /**
     * The port of a board is gone while the bay waits for a job.
     *
     * @param message one sentence with the cause
     */
    record BoardGone(String message) implements BayEvent {}

    /**
     * A job has come, and the work on it begins.
     *
     * @param jobId the job's id at AWS, 1 to 64 characters
     */
    record JobTaken(String jobId) implements BayEvent {}

    /**
     * A phase of an update begins, which ends the one before.
     *
     * @param phase the phase that begins
     */
    record PhaseEntered(Phase phase) implements BayEvent {}

    /**
     * How much of the file is downloaded or transferred. Comes about five times a second.
     *
     * @param bytes bytes of the file that are durable: on disk in the phase DOWNLOAD, on the board otherwise
     * @param total size of the file in bytes, or -1 if not known
     * @param bytesPerSecond mean rate of this transfer, without what was there before it; 0 if not known
     * @param etaSeconds estimate of the seconds that are left at this rate, or -1 if not known
     */
    record Transfer(long bytes, long total, long bytesPerSecond, long etaSeconds) implements BayEvent {}

    /**
     * A line of the board's console, or a sentence of the library for people.
     *
     * @param line the text, without control characters and without a line end
     * @param console whether the board printed it
     */
    record Log(String line, boolean console) implements BayEvent {
        /**
         * A sentence of the library.
         *
         * @param line the text, without control characters and without a line end
         */
        public Log(String line) {
            this(line, false);
        }
    }

    /**
     * One of the six events of the AWS FOTA library.
     *
     * @param event which of the six
     * @param percent 0 to 100 with DL_PROGRESS, -1 otherwise; 100 only once the board has verified the image
     */
    record Fota(FotaEvent event, int percent) implements BayEvent {
        /**
         * {@return an event without a percentage}
         *
         * @param event any but DL_PROGRESS
         */
        public static Fota of(FotaEvent event) {
            return new Fota(event, -1);
        }

        /**
         * {@return the event with which a command ends; empty for NO_JOB, CANCELED and INTERRUPTED, for which the AWS FOTA
         * library has none}
         *
         * @param outcome how the command ended
         */
        public static Optional<Fota> atEnd(Outcome outcome) {
            return switch (outcome) {
                case SUCCEEDED, UP_TO_DATE -> Optional.of(of(FotaEvent.DONE));
                case ERROR, FAILED, REFUSED, REVERTED, PARTIAL -> Optional.of(of(FotaEvent.ERROR));
                case NO_JOB, CANCELED, INTERRUPTED -> Optional.empty();
            };
        }
    }

    /**
     * An update has ended on the board, or the command that waited for one has. {@link Reported} follows if the record has a
     * {@code cloud}, which AWS has then not answered yet.
     *
     * @param record what is known of the update now
     */
    record Ended(UpdateRecord record) implements BayEvent {}

    /**
     * AWS has answered the report of how the update ended, or will not answer in this run.
     *
     * @param record the record of the update with AWS's answer, or with the reason why there is none; of an update that an
     *     earlier run ended, no {@link Ended} came before
     */
    record Reported(UpdateRecord record) implements BayEvent {}

    /** {@return the update's record if this is the last event about the update; empty if more events follow} */
    default Optional<UpdateRecord> finalRecord() {
        if (this instanceof Ended ended && ended.record().cloud().isEmpty()) {
            return Optional.of(ended.record());
        }
        return this instanceof Reported reported ? Optional.of(reported.record()) : Optional.empty();
    }
}
