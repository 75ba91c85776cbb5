/**
 * One update of one board as a pure state machine: the board's answers and time go in, effects come out. Read {@link
 * dev.fotabridge.host.update.UpdateFlow} first.
 */
package dev.fotabridge.host.update;
