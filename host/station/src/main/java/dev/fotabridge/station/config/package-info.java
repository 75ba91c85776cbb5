/**
 * The station's configuration, station.yaml. Read {@link dev.fotabridge.station.config.StationFile} first.
 */
package dev.fotabridge.station.config;
