/** What docs/library.md shows: {@link dev.fotabridge.example.FotaExample} and, for a bay {@link BayExample}, for several boards {@link StationExample}. */
package dev.fotabridge.example;
