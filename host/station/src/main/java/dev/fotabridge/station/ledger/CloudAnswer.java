package dev.fotabridge.station.ledger;

/**
 * What AWS said to the end of an attempt.
 *
 * @param answered state of the execution at AWS, by AWS's name; empty if not known
 * @param problem reason for which it is another state than the intended one; empty if it is the intended one
 * @param message one sentence about the problem; empty if there is none
 */
public record CloudAnswer(String answered, String problem, String message) {}
