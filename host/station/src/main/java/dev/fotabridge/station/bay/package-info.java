/**
 * One place for a board: its states, what it answers, and the rules of starts. No clock, thread or I/O: time is an argument. Read
 * {@link dev.fotabridge.station.bay.BayMachine} first.
 */
package dev.fotabridge.station.bay;
