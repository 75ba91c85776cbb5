/**
 * Approved firmware: a folder with an image and what was approved of it. Read {@link dev.fotabridge.station.release.Release} first.
 */
package dev.fotabridge.station.release;
