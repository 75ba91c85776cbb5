/** Deadlines on a clock of nanoseconds. Read {@link dev.fotabridge.protocol.time.Deadline} first. */
package dev.fotabridge.protocol.time;
