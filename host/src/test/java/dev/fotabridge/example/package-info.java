/** What docs/library.md shows: {@link dev.fotabridge.example.FotaExample}. */
package dev.fotabridge.example;
