/**
 * AWS mode: each board is a thing, and gets what AWS's jobs say. Read {@link dev.fotabridge.station.cloud.StationCloud} first. No clock and
 * no thread: time is an argument, and AWS's answers are events.
 */
package dev.fotabridge.station.cloud;
