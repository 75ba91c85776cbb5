/**
 * What a station has done, on disk: SQLite, one writer, rows that are never changed. Read {@link
 * dev.fotabridge.station.ledger.Ledger} first, then the schema, {@code V1__ledger.sql}.
 */
package dev.fotabridge.station.ledger;
