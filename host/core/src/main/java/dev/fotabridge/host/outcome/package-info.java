/** How things end: {@link dev.fotabridge.host.outcome.Reason} is the one table of exit codes, outcomes and sentences. */
package dev.fotabridge.host.outcome;
