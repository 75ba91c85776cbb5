/**
 * The whole sequence of an update in virtual time, struck at every point. Read {@link
 * dev.fotabridge.host.sequence.SequenceSweepSimTest} first.
 */
package dev.fotabridge.host.sequence;
