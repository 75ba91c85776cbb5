package dev.fotabridge.junit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The boards that this process has found broken, by their lock names, with the first cause. For all of the process: a build tool may
 * run JUnit once for each class. Thread-safe. Tested by FotaBoardExtensionTest.
 */
final class BrokenBoards {
    private static final Map<String, String> CAUSES = new ConcurrentHashMap<>();

    private BrokenBoards() {}

    static void mark(RigBoard board, String cause) {
        CAUSES.putIfAbsent(board.place().lockName(), cause);
    }

    /** Returns the first cause; empty if the board is not known to be broken. */
    static Optional<String> cause(RigBoard board) {
        return Optional.ofNullable(CAUSES.get(board.place().lockName()));
    }
}
