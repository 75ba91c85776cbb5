package dev.fotabridge.host.link;

import java.util.concurrent.CompletableFuture;

/** Port: opens one chosen line, each time afresh, without blocking. */
@FunctionalInterface
public interface LineOpener {
    /**
     * Begins to open the line and returns at once. The result is completed on any thread, with a {@link
     * dev.fotabridge.host.api.FotaException} if the line cannot be had, and the owner is woken. A result that is cancelled
     * by then takes no line: it is closed.
     */
    void open(CompletableFuture<Line> result);

    /** Serial number of the DK's debugger behind the line that was opened last; empty if it is not known. */
    default String probe() {
        return "";
    }
}
