/** The device's half of AWS IoT Jobs: read {@link dev.fotabridge.host.jobs.JobsAgent} first. */
package dev.fotabridge.host.jobs;
