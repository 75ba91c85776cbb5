/**
 * A production station: boards are plugged into its bays, each gets the approved firmware, a verdict, and a record that is never
 * lost. Uses the library by {@code dev.fotabridge.host.api} alone. Read docs/station.md first, then {@link
 * dev.fotabridge.station.verdict.Verdict}.
 */
package dev.fotabridge.station;
