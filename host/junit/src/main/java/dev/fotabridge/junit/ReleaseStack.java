package dev.fotabridge.junit;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been taken so far, to be given back in the reverse order, also when the next thing could not be taken. What fails while
 * it is given back keeps nothing else from it. Not thread-safe.
 * Tested by ReleaseStackTest.
 */
final class ReleaseStack implements AutoCloseable {
    private final Deque<AutoCloseable> taken = new ArrayDeque<>();

    <T extends AutoCloseable> T push(T resource) {
        taken.push(resource);
        return resource;
    }

    /** Gives everything back; the first failure is thrown, with the others suppressed. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!taken.isEmpty()) {
            try {
                taken.pop().close();
            } catch (Exception e) {
                first = added(first, e);
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static RuntimeException added(RuntimeException first, Exception next) {
        if (first == null) {
            return next instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException("cannot be released: " + next.getMessage(), next);
        }
        first.addSuppressed(next);
        return first;
    }
}
