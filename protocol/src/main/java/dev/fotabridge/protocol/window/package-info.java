/** Numbers, windows and round trips, without timers. Read {@link dev.fotabridge.protocol.window.SendWindow} first. */
package dev.fotabridge.protocol.window;
