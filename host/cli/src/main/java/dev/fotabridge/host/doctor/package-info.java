/**
 * Checks everything that an update needs and changes nothing: one class for each check. {@link
 * dev.fotabridge.host.doctor.Doctor} puts them in order and is the class to read first.
 */
package dev.fotabridge.host.doctor;
