/**
 * The station's HTTP server: API, stream of events, page, log-in. Javalin and Jetty are known here and nowhere else in the station.
 * Read {@link dev.fotabridge.station.http.StationServer} first, then {@link dev.fotabridge.station.http.StreamHub}.
 */
package dev.fotabridge.station.http;
