/** What docs/library.md shows: {@link dev.fotabridge.example.FotaExample} and, for several boards, {@link StationExample}. */
package dev.fotabridge.example;
