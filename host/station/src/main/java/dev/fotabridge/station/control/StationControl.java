package dev.fotabridge.station.control;

import dev.fotabridge.station.place.UnmappedPort;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A running station. Any thread may call any method. No method but {@link #records}, {@link #export} and {@link #correct} waits for
 * a disk, a board or AWS. Texts are empty where nothing is known.
 */
public interface StationControl {
    /** {@return the station itself} */
    StationView station();

    /** {@return all bays, in the order of station.yaml} */
    List<BayView> bays();

    /**
     * {@return the last lines of a bay, oldest first, at most a few hundred; empty for a bay that is not there}
     *
     * @param bay number of the bay
     */
    List<BayLine> lines(int bay);

    /**
     * Asks for a run.
     *
     * @param request which bay, and by which key
     * @return 202 with the run; 404 no such bay; 409 no board, this unit may not run again, busy with the
     *     run that is named, or another run came since {@link StartRequest#after}; 422 scan first, or the key belongs to another
     *     bay; 423 locked, or starts are stopped; 503 records
     *     cannot be stored
     */
    CommandAnswer start(StartRequest request);

    /**
     * Asks for the end of a run.
     *
     * @param bay number of the bay
     * @param run the run that is meant; empty for whichever runs
     * @return 202; 404 no such bay; 409 if that run does not run, or CONFIRM is sent
     */
    CommandAnswer abort(int bay, String run);

    /**
     * Unlocks a bay. The caller is an engineer.
     *
     * @param bay number of the bay
     * @return 200; 404 no such bay
     */
    CommandAnswer unlock(int bay);

    /**
     * Takes what a scanner has read: a board's label, or a word for the station such as {@code OP:name}.
     *
     * @param text 1 to 256 characters, as scanned
     * @param bay number of the bay that it is for; empty if the station is to find it
     * @return 200 with the bay; 404 no such bay; 409 if no bay or more than one waits for a label; 422 if the label is not one
     */
    CommandAnswer scan(String text, Optional<Integer> bay);

    /**
     * Allows starts again after the station stopped them because of a bad release. The caller is an engineer.
     *
     * @return 200; 409 if starts are not stopped
     */
    CommandAnswer resume();

    /**
     * Approves the release that is on disk now. The caller is an engineer.
     *
     * @return 200; 409 if the station takes its images from AWS, or a bay runs; 422 if the release cannot be approved
     */
    CommandAnswer reload();

    /**
     * Adds a correction to a record; the record itself stays. The caller is an engineer. Blocks until it is stored.
     *
     * @param correction what is wrong, and why
     * @return 200; 404 no such record; 422 if this field cannot be corrected
     * @throws IOException if it cannot be stored; the message is a sentence
     */
    CommandAnswer correct(RecordCorrection correction) throws IOException;

    /** {@return boards and ports that stand at no place of station.yaml; they are never touched} */
    List<UnmappedPort> unmapped();

    /**
     * Reads a page of records, the newest first. Blocks.
     *
     * @param query which records
     * @return at most {@link RecordQuery#limit} of them
     * @throws IOException if they cannot be read; the message is a sentence
     */
    RecordPage records(RecordQuery query) throws IOException;

    /**
     * Reads all records, the oldest first. Blocks until the sink has taken the last one. No transaction is open while the sink is called,
     * so a slow reader delays nobody.
     *
     * @param sink takes them, one at a time
     * @throws IOException if they cannot be read, or what the sink throws
     */
    void export(RecordSink sink) throws IOException;

    /**
     * Adds a listener for what changes from now on.
     *
     * @param listener called on threads of the station
     * @return the bays as they were when the listener was added: it is told every change since
     */
    List<BayView> listen(StationListener listener);
}
