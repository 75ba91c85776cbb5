package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.ExecutionKey;

/**
 * A job that a board may get now. The last three are empty if its image can never be had: a run for it ends with the cause.
 *
 * @param thing AWS's thing of the board
 * @param execution AWS's execution
 * @param fileSha256 SHA-256 of the file, 64 hex digits
 * @param imageHash MCUboot's hash of the image, 64 hex digits
 * @param version version of the image
 */
public record StationJob(String thing, ExecutionKey execution, String fileSha256, String imageHash, String version) {}
