package dev.fotabridge.station.bay;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;

/** What happens to a bay. */
public sealed interface BayInput {
    /** {@return the row of the table} */
    Kind kind();

    /** The rows of the table. */
    enum Kind {
        /** A device appears at the place, or a board answers at a fixed port. */
        BOARD_CAME("a board comes"),
        /** The board has said who it is. */
        BOARD_ANSWERED("the board says who it is"),
        /** The board has not answered for 10 s. */
        BOARD_SILENT("no answer for 10 s"),
        /** The device is gone, or another serial number is there. */
        BOARD_LEFT("the board leaves"),
        /** A label is scanned for this bay. */
        SCANNED("a label is scanned"),
        /** Somebody or something wants the board updated. */
        START("start"),
        /** Somebody wants the run to end. */
        ABORT("abort"),
        /** An engineer unlocks the bay. */
        UNLOCK("unlock"),
        /** The station has a running slot for the bay. */
        SLOT_FREE("a running slot is free"),
        /** The run has come further on the board. */
        STAGE_REACHED("the run's stage"),
        /** The run has ended on the board. */
        RUN_ENDED("the run ends"),
        /** The end of the run is on disk. */
        RUN_STORED("its end is stored"),
        /** The end of the run could not be stored for 5 s. */
        NOT_STORED("not stored for 5 s"),
        /** AWS has ended the job. */
        JOB_ENDED("AWS ends the job"),
        /** Time has passed. */
        TIME("time passes");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** {@return the input in words, for the table in the documentation} */
        String words() {
            return words;
        }
    }

    /** A device appears at the place, or a board answers at a fixed port. */
    record BoardCame() implements BayInput {
        @Override
        public Kind kind() {
            return Kind.BOARD_CAME;
        }
    }

    /**
     * The board has said who it is.
     *
     * @param identity unit id and probe; the scan is not the board's to tell
     */
    record BoardAnswered(UnitIdentity identity) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.BOARD_ANSWERED;
        }
    }

    /**
     * The board has not answered for 10 s.
     *
     * @param identity what is known without its answer: the probe
     */
    record BoardSilent(UnitIdentity identity) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.BOARD_SILENT;
        }
    }

    /** The device is gone, or another serial number is there. */
    record BoardLeft() implements BayInput {
        @Override
        public Kind kind() {
            return Kind.BOARD_LEFT;
        }
    }

    /**
     * A label is scanned for this bay.
     *
     * @param text the label, checked by {@link ScanRule}
     */
    record Scanned(String text) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.SCANNED;
        }
    }

    /**
     * Somebody or something wants the board updated.
     *
     * @param run id of the run that it will be
     * @param job job execution at AWS that it is for; empty if none
     */
    record Start(String run, String job) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.START;
        }
    }

    /**
     * Somebody wants the run to end.
     *
     * @param reason INTERRUPTED if a person asks
     * @param message for the record
     */
    record Abort(Reason reason, String message) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.ABORT;
        }
    }

    /** An engineer unlocks the bay. */
    record Unlock() implements BayInput {
        @Override
        public Kind kind() {
            return Kind.UNLOCK;
        }
    }

    /**
     * The station has a running slot for the bay.
     *
     * @param run which run waits for it
     */
    record SlotFree(String run) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.SLOT_FREE;
        }
    }

    /**
     * The run has come further on the board. The next attempt begins with WRITING again.
     *
     * @param run whose stage
     * @param stage the stage
     */
    record StageReached(String run, RunStage stage) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.STAGE_REACHED;
        }
    }

    /**
     * The run has ended on the board.
     *
     * @param run which run
     * @param result how
     */
    record RunEnded(String run, RunResult result) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.RUN_ENDED;
        }
    }

    /**
     * The end of the run is on disk.
     *
     * @param run which run
     * @param verdict as stored
     * @param locks whether it locks the bay
     */
    record RunStored(String run, Verdict verdict, boolean locks) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.RUN_STORED;
        }
    }

    /**
     * The end of the run could not be stored for 5 s.
     *
     * @param run which run
     */
    record NotStored(String run) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.NOT_STORED;
        }
    }

    /**
     * AWS has ended the job.
     *
     * @param job which job execution
     * @param reason JOB_CANCELED, JOB_DELETED, JOB_TIMED_OUT or JOB_TAKEN_OVER
     */
    record JobEnded(String job, Reason reason) implements BayInput {
        @Override
        public Kind kind() {
            return Kind.JOB_ENDED;
        }
    }

    /** Time has passed. */
    record Time() implements BayInput {
        @Override
        public Kind kind() {
            return Kind.TIME;
        }
    }
}
