/** Connects a session with a serial port. Read {@link dev.fotabridge.host.link.BoardLink} first. */
package dev.fotabridge.host.link;
