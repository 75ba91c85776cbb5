package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.FotaException;
import java.time.Duration;

/** A board that can be talked to, and what its place can do to it; a verb is called only if the board has that capability. */
interface ReadyPlace extends AutoCloseable {
    /** Returns the handle; the place closes it. */
    Bay bay();

    /** Takes the power away and gives it back; blocks until that is done, not until the board answers. */
    void powerCycle(Duration limit) throws FotaException;

    /** Cuts the line, or joins it again. */
    void cutLine(boolean cut, Duration limit) throws FotaException;

    @Override
    void close();
}
