/**
 * Walks the whole way that an update takes and changes nothing: one class for each check, put in order by {@link
 * dev.fotabridge.host.doctor.Examination}, which is the class to read first.
 */
package dev.fotabridge.host.doctor;
