/**
 * One MQTT connection for the jobs of several things: read {@link dev.fotabridge.host.jobs.shared.StationConnections} for
 * how it is used, and {@link dev.fotabridge.host.jobs.shared.SharedConnection} for what it does.
 */
package dev.fotabridge.host.jobs.shared;
