/** The rate of the line: which one to use, and how to change it; SPEC.md section 10. Read {@link dev.fotabridge.protocol.rate.RateControl} first. */
package dev.fotabridge.protocol.rate;
