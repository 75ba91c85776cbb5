/**
 * Runs from their start to AWS's answer, in the ledger's order, and the bays of a station. No clock and no thread: time is an argument,
 * and boards, AWS and the screen are ports. Read {@link dev.fotabridge.station.run.RunSequence} first, then {@link
 * dev.fotabridge.station.run.Station}.
 */
package dev.fotabridge.station.run;
