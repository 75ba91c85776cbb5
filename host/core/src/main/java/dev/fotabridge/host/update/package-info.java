/**
 * One update of one board as a pure state machine: what the board says and time in, effects out. Read {@link
 * dev.fotabridge.host.update.UpdateFlow} first.
 */
package dev.fotabridge.host.update;
