/**
 * The ledger's rows as the records that others see, and what of them may be corrected. Read {@link
 * dev.fotabridge.station.records.StationRecords} first.
 */
package dev.fotabridge.station.records;
