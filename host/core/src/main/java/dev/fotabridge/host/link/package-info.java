/** From a session to a serial port and back: read {@link dev.fotabridge.host.link.BoardLink} first. */
package dev.fotabridge.host.link;
