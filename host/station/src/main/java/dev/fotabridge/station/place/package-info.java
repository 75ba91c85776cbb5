/**
 * Where boards stand: which bay is which socket, which board has come there, left, or come back under another port number. Pure, but for
 * what says so. Read {@link dev.fotabridge.station.place.PlaceWatch} first.
 */
package dev.fotabridge.station.place;
