/**
 * What the station shows, as JSON and as CSV. Both follow the components of the records in {@code control}. Read {@link
 * dev.fotabridge.station.text.RecordFields} first.
 */
package dev.fotabridge.station.text;
