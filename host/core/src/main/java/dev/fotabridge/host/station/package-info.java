/**
 * Puts the parts together and runs them: threads, files, locks, order of shutdown. Read {@link
 * dev.fotabridge.host.station.Station} first.
 */
package dev.fotabridge.host.station;
