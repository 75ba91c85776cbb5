package dev.fotabridge.junit;

import java.util.List;

/**
 * A line that was waited for.
 *
 * @param line the line
 * @param groups the groups of the regular expression, the whole match first; null for a group that took no part
 * @param before the lines before it, since the wait before, or since the history of the test begins
 */
public record ConsoleMatch(String line, List<String> groups, List<String> before) {
    /**
     * Returns what a group of the regular expression has matched.
     *
     * @param number from 1; 0 is the whole match
     * @return null if the group took no part in the match
     * @throws IndexOutOfBoundsException if the expression has no such group
     */
    public String group(int number) {
        return groups.get(number);
    }
}
