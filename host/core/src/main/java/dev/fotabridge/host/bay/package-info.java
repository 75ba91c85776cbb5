/**
 * One board's place and the work done there: its port, its loop, an update and the update's journal. Read {@link
 * dev.fotabridge.host.bay.OpenBay} and {@link dev.fotabridge.host.bay.UpdateRunner} first.
 */
package dev.fotabridge.host.bay;
