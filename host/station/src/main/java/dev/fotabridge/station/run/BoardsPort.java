package dev.fotabridge.station.run;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.OpenRun;

/** The boards at a station's bays. No method waits for a board: what comes of it is told to the {@link Station}. */
public interface BoardsPort {
    /**
     * An attempt on the board.
     *
     * @param run id of the run
     * @param attempt its number, from 1
     * @param bay number of the bay
     * @param board the board that it is for; another one is not touched
     * @param fileSha256 the file, 64 hex digits
     * @param imageHash MCUboot's hash of the image that it is to run, 64 hex digits
     */
    record Order(String run, int attempt, int bay, UnitIdentity board, String fileSha256, String imageHash) {}

    /** Asks the board at a bay who it is, by HELLO alone; answered by BoardAnswered or BoardSilent. */
    void identify(int bay);

    /**
     * Updates a board: compares, writes, marks, resets, confirms, and reads back what it runs. {@link Station#stage} tells how far it has
     * come, before MARK and CONFIRM are sent; {@link Station#boardEnded} how it ended.
     */
    void begin(Order order);

    /**
     * Ends the update: before MARK the slot is made harmless, after it the image is reverted. {@link Station#boardEnded} follows with this
     * reason, or with what was proven meanwhile.
     */
    void stop(String run, Reason reason, String message);

    /** Removes the journal of a run, if there is one. */
    void forget(String run);

    /** {@return what is known of a run that was cut off, in a sentence: how far it had come; empty if nothing} */
    String evidence(OpenRun run);
}
