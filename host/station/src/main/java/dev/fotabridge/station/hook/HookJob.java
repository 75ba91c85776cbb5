package dev.fotabridge.station.hook;

import java.util.List;

/**
 * A hook that is to be started with a record.
 *
 * @param bay number of the bay that the record is of
 * @param words the hook's absolute path and its arguments
 * @param json the record, as the hook reads it
 */
record HookJob(int bay, List<String> words, String json) {
    /** For sentences. */
    String name() {
        return words.get(0);
    }
}
