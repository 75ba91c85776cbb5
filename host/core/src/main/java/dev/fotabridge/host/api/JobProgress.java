package dev.fotabridge.host.api;

/**
 * How far the work on an execution is, for its statusDetails at AWS. Texts are empty where nothing is known.
 *
 * @param phase the phase
 * @param percent of what has to be durable on the board, 0 to 100
 * @param bytesPerSecond rate of the transfer; 0 if not known
 * @param attempt number of the attempt on the board, from 1
 * @param from version that ran before
 * @param to version of the new image
 * @param imageHash MCUboot's hash of the new image, 64 hex digits
 */
public record JobProgress(
        Phase phase, int percent, long bytesPerSecond, int attempt, String from, String to, String imageHash) {}
