package dev.fotabridge.station.ledger;

import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.bay.UnitIdentity;
import java.time.Instant;

/**
 * A start that is taken. Texts are empty where nothing is known.
 *
 * @param id id of the run
 * @param attempt id of its first attempt
 * @param bay number of the bay
 * @param at wall clock
 * @param kind what started it
 * @param key Idempotency-Key of the start
 * @param what what the board gets
 * @param board the board
 * @param continues id of the run that this one goes on with, after a restart
 * @param labels who and what for
 */
public record NewRun(
        String id,
        String attempt,
        int bay,
        Instant at,
        StartKind kind,
        String key,
        What what,
        UnitIdentity board,
        String continues,
        Labels labels) {
    /**
     * What the board gets.
     *
     * @param source name of the release; or {@code aws}
     * @param fileSha256 SHA-256 of the file, 64 hex digits
     * @param imageHash MCUboot's hash of the image, 64 hex digits
     * @param version version of the image
     * @param thing AWS's thing of the board
     * @param jobId AWS's job
     * @param execution number of the job's execution, and when it was queued
     */
    public record What(
            String source,
            String fileSha256,
            String imageHash,
            String version,
            String thing,
            String jobId,
            String execution) {
        /** {@return the same for a release on disk, of which AWS knows nothing} */
        public static What release(String name, String fileSha256, String imageHash, String version) {
            return new What(name, fileSha256, imageHash, version, "", "", "");
        }
    }

    /**
     * Who and what for: what the configuration or a scan says.
     *
     * @param station name of the station
     * @param line production line
     * @param fixture fixture at the bay
     * @param operator who works there
     * @param part part number
     * @param revision revision of the part
     * @param workOrder work order
     * @param lot lot
     * @param toolVersion version of this program
     */
    public record Labels(
            String station,
            String line,
            String fixture,
            String operator,
            String part,
            String revision,
            String workOrder,
            String lot,
            String toolVersion) {}
}
