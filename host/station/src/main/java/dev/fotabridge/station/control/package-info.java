/**
 * What a station shows and takes orders for, as its API sees it. The HTTP server, the page and the metrics know the station by this
 * package alone. Read {@link dev.fotabridge.station.control.StationControl} first.
 */
package dev.fotabridge.station.control;
