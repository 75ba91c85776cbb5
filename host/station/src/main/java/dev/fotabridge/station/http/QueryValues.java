package dev.fotabridge.station.http;

import dev.fotabridge.station.control.RecordQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters behind the question mark of a URL: known names, each once, each checked. */
final class QueryValues {
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_SEARCH = 128;
    private static final int MOST_BAYS = 10_000;

    private final Map<String, List<String>> values;

    /**
     * Takes the parameters of a request.
     *
     * @param values by name, decoded
     * @param known the names that there may be
     * @throws ApiProblem with status 400
     */
    QueryValues(Map<String, List<String>> values, Set<String> known) {
        this.values = values;
        values.forEach((name, all) -> {
            if (!known.contains(name) || all.size() != 1) {
                throw problem("The parameter '" + name + "' is unknown or there twice; known are " + known + ".");
            }
        });
    }

    /** {@return which records are asked for} */
    RecordQuery records() {
        String search = text("search").orElse("");
        if (search.length() > LONGEST_SEARCH) {
            throw problem("'search' has more than " + LONGEST_SEARCH + " characters.");
        }
        return new RecordQuery(
                search,
                bay(),
                number("before", 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE),
                number("limit", 1, RecordQuery.LARGEST_PAGE).map(Long::intValue).orElse(RecordQuery.NEWEST.limit()));
    }

    /** {@return the number of a bay; empty if none is named} */
    Optional<Integer> bay() {
        return number("bay", 1, MOST_BAYS).map(Long::intValue);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(all -> all.get(0)).filter(value -> !value.isEmpty());
    }

    private Optional<Long> number(String name, long smallest, long largest) {
        return text(name).map(value -> {
            try {
                long number = Long.parseLong(value);
                if (number >= smallest && number <= largest) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, as for a number out of range.
            }
            throw problem("'" + name + "' must be a whole number from " + smallest + " to " + largest + ".");
        });
    }

    private static ApiProblem problem(String message) {
        return new ApiProblem(BAD_REQUEST, "BAD_REQUEST", message);
    }
}
