package dev.fotabridge.junit;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process and all that it has started. Tested by VirtualPlaceIT. */
final class ProcessTree {
    private static final long KILL_SECONDS = 10;

    private ProcessTree() {}

    /** Kills all of it, and returns when it is gone. */
    static void end(Process process) {
        end(Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList());
    }

    /** Kills what of these still runs, and returns when it is gone. */
    static void end(List<ProcessHandle> handles) {
        handles.forEach(ProcessHandle::destroyForcibly);
        handles.forEach(ProcessTree::awaitEnd);
    }

    private static void awaitEnd(ProcessHandle handle) {
        try {
            handle.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the process " + handle.pid() + " cannot be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
