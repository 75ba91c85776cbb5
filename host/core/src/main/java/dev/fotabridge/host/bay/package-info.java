/**
 * One board's place and what is done there: its port, its loop, an update, the journal of it. Read {@link
 * dev.fotabridge.host.bay.OpenBay} and {@link dev.fotabridge.host.bay.UpdateRunner} first.
 */
package dev.fotabridge.host.bay;
