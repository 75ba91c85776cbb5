package dev.fotabridge.station.control;

import java.io.IOException;

/** Takes records one after the other. */
@FunctionalInterface
public interface RecordSink {
    /**
     * Takes the next record; may block.
     *
     * @param record the record
     * @throws IOException if no more are wanted
     */
    void accept(StationRecord record) throws IOException;
}
