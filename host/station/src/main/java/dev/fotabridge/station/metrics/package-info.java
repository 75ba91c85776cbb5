/** What Prometheus reads of a station. Read {@link dev.fotabridge.station.metrics.StationMetrics} first. */
package dev.fotabridge.station.metrics;
