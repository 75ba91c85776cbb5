/**
 * Implements the bays of {@code api}: their commands, their observers, and what they share. Read {@link
 * dev.fotabridge.host.bays.BoardBay} first.
 */
package dev.fotabridge.host.bays;
