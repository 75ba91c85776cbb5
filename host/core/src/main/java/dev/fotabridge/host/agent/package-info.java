/** A thing's jobs, carried out on the board of one bay: read {@link dev.fotabridge.host.agent.BoardAgent} first. */
package dev.fotabridge.host.agent;
