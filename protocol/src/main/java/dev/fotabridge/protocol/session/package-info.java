/** The host's half of DK Link as a pure machine. Read {@link dev.fotabridge.protocol.session.HostSession} first. */
package dev.fotabridge.protocol.session;
