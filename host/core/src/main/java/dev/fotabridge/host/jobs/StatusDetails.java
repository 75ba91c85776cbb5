package dev.fotabridge.host.jobs;

import dev.fotabridge.host.value.PlainText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is told to AWS beside the status. Every entry satisfies AWS's rules: keys of 1 to 128 letters, digits, colon,
 * underscore and hyphen; values of 1 to 1 024 characters without control characters; few entries. What does not fit is
 * cut or left out, so that a report can never be refused for its form.
 */
public final class StatusDetails {
    /** The SDK's header says 10; one of them is the session that the agent itself adds. */
    public static final int MAX_ENTRIES = 9;

    static final int MAX_KEY_LENGTH = 128;
    static final int MAX_VALUE_LENGTH = 1_024;

    private final Map<String, String> entries;

    private StatusDetails(Map<String, String> entries) {
        this.entries = Map.copyOf(entries);
    }

    /** No details at all. */
    public static StatusDetails none() {
        return builder().build();
    }

    /** Starts an empty set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Unmodifiable. */
    public Map<String, String> entries() {
        return entries;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusDetails that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }

    /** Collects entries; of too many, those put first stay. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> entries = new LinkedHashMap<>();

        private Builder() {}

        /** Where the update is. */
        public Builder phase(String phase) {
            return put("phase", phase);
        }

        /** Percent of what has to be durable on the board, 0 to 100. */
        public Builder progress(int percent) {
            return put("progress", Integer.toString(percent));
        }

        /** Bytes that are durable on the board, of so many. */
        public Builder bytes(long done, long total) {
            return put("bytes", done + "/" + total);
        }

        /** Bytes a second. */
        public Builder rate(long bytesPerSecond) {
            return put("rate", Long.toString(bytesPerSecond));
        }

        /** Version that ran before. */
        public Builder from(String version) {
            return put("from", version);
        }

        /** Version of the new image. */
        public Builder to(String version) {
            return put("to", version);
        }

        /** Hex of MCUboot's hash of the new image. */
        public Builder imageHash(String hex) {
            return put("imageHash", hex);
        }

        /** The stable word of a Reason. */
        public Builder reason(String reason) {
            return put("reason", reason);
        }

        /** One sentence. */
        public Builder message(String sentence) {
            return put("message", sentence);
        }

        /** How many tries this execution has had, from 1. */
        public Builder attempt(int attempt) {
            return put("attempt", Integer.toString(attempt));
        }

        /** Program and version. */
        public Builder tool(String tool) {
            return put("tool", tool);
        }

        /** Any other entry. A value that is empty once it is clean is left out; a later one under the same key wins. */
        public Builder put(String key, String value) {
            String cleanKey = cut(key.replaceAll("[^A-Za-z0-9:_-]", "_"), MAX_KEY_LENGTH);
            String cleanValue = cut(clean(value), MAX_VALUE_LENGTH);
            boolean room = entries.containsKey(cleanKey) || entries.size() < MAX_ENTRIES;
            if (!cleanKey.isEmpty() && !cleanValue.isBlank() && room) {
                entries.put(cleanKey, cleanValue);
            }
            return this;
        }

        /** The entries so far. */
        public StatusDetails build() {
            return new StatusDetails(entries);
        }

        private static String clean(String value) {
            StringBuilder text = new StringBuilder(value.length());
            value.codePoints().map(c -> PlainText.isPlain(c) ? c : ' ').forEach(text::appendCodePoint);
            return text.toString().strip();
        }

        private static String cut(String text, int length) {
            if (text.length() <= length) {
                return text;
            }
            // Never through the middle of a surrogate pair.
            int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
            return text.substring(0, end);
        }
    }
}
