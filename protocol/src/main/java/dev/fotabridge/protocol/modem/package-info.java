/** What the host asks the board's modem, and what the answers mean; SPEC.md section 11. Read {@link dev.fotabridge.protocol.modem.ModemRun} first. */
package dev.fotabridge.protocol.modem;
