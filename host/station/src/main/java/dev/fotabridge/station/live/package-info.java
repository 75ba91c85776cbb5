/**
 * The station at work: real boards, real time, threads. {@link dev.fotabridge.station.live.LiveStation} puts it together; the rules are in
 * {@code bay} and {@code run}.
 */
package dev.fotabridge.station.live;
