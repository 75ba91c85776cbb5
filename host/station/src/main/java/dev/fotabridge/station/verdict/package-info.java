/** What a run says about a unit. Read {@link dev.fotabridge.station.verdict.Verdict} first. */
package dev.fotabridge.station.verdict;
