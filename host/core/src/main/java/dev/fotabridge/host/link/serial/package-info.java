/** Serial ports of the system: read {@link dev.fotabridge.host.link.serial.JSerialCommPort} first. */
package dev.fotabridge.host.link.serial;
