/** Carries out a thing's jobs on the board of one bay. Read {@link dev.fotabridge.host.agent.BoardAgent} first. */
package dev.fotabridge.host.agent;
