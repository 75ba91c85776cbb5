package dev.fotabridge.host.link;

import dev.fotabridge.host.api.FotaException;

/** Port: opens one chosen line, each time afresh. May block for a second or so; any thread, one call at a time. */
@FunctionalInterface
public interface PortOpener {
    /**
     * Opens the line.
     *
     * @throws FotaException PORT_BUSY, PORT_FORBIDDEN or PORT_MISSING, with a sentence
     */
    SerialPort open() throws FotaException;

    /** Serial number of the DK's debugger behind the line that was opened last; empty if it is not known. */
    default String probe() {
        return "";
    }
}
