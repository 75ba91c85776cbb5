package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import java.nio.file.Path;
import java.time.Duration;

/** Where a board of the rig is, and how to get at it. */
interface BoardPlace {
    /** Returns the name by which all programs of this computer know the place. */
    String lockName();

    /** Returns the serial number of the board's debugger; empty if it has none. */
    String serialNumber();

    /**
     * Makes the board ready to be talked to; blocks until it is.
     *
     * @param bays make the handle
     * @param directory for files of the board, while it is claimed
     * @param limit how long it may take
     * @throws FotaException why it cannot be had
     */
    ReadyPlace start(Bays bays, Path directory, Duration limit) throws FotaException;
}
