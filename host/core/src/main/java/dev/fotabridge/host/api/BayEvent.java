package dev.fotabridge.host.api;

import java.util.Optional;

/** What happens at a bay, in order; an {@link EventOrigin} says where and when. */
public sealed interface BayEvent {
    /**
     * A board has answered, or the place of one was opened.
     *
     * @param name its unit id, or else its port
     */
    record BoardSeen(String name) implements BayEvent {}

    /**
     * The port of a board that was waited for is gone.
     *
     * @param message one sentence with the cause
     */
    record BoardGone(String message) implements BayEvent {}

    /** A job has come and is worked on. */
    record JobTaken(String jobId) implements BayEvent {}

    /** A phase begins. */
    record PhaseEntered(Phase phase) implements BayEvent {}

    /**
     * How far the image is.
     *
     * @param bytes of the file that are durable on the board (or on disk, while downloading)
     * @param total of the file, or -1 if not known
     * @param bytesPerSecond measured in this phase, 0 if not known
     * @param etaSeconds estimate, -1 if not known
     */
    record Transfer(long bytes, long total, long bytesPerSecond, long etaSeconds) implements BayEvent {}

    /** A line of the board's console, or a sentence of ours for people; without control characters. */
    record Log(String line) implements BayEvent {}

    /**
     * One of the six events of the AWS FOTA library.
     *
     * @param percent 0 to 100 with DL_PROGRESS, -1 otherwise; 100 only once the board has verified the image
     */
    record Fota(FotaEvent event, int percent) implements BayEvent {
        /** Of an event without a percentage. */
        public static Fota of(FotaEvent event) {
            return new Fota(event, -1);
        }

        /** Returns the event with which a command ends; empty for a cancelled job, for which the AWS FOTA library has none. */
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
     */
    record Ended(UpdateRecord record) implements BayEvent {}

    /** AWS has answered how the update ended, or will not answer in this run. */
    record Reported(UpdateRecord record) implements BayEvent {}

    /** Returns the record if nothing more is said of this update. */
    default Optional<UpdateRecord> lastWord() {
        if (this instanceof Ended ended && ended.record().cloud().isEmpty()) {
            return Optional.of(ended.record());
        }
        return this instanceof Reported reported ? Optional.of(reported.record()) : Optional.empty();
    }
}
