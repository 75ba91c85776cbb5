package dev.fotabridge.host.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of exit codes that people read says what {@link Reason} does. */
final class ReadmeExitCodesTest {
    /** exit | what happened | outcome | at AWS | reasons. */
    private static final Pattern ROW =
            Pattern.compile("\\| (\\d+) \\| [^|]+ \\| ([A-Z_]+) \\| ([A-Z]+|-) \\| ([A-Z_` ]+) \\|");

    @Test
    void theTableOfExitCodesAgreesWithTheEnum() throws IOException {
        assertEquals(
                Arrays.stream(Reason.values()).map(ReadmeExitCodesTest::line).collect(Collectors.toSet()), readme());
    }

    private static String line(Reason reason) {
        String atAws = reason.atAws() == AtAws.NOTHING ? "-" : reason.atAws().name();
        return reason.exitCode() + " " + reason.outcome() + " " + atAws + " " + reason.name();
    }

    private static Set<String> readme() throws IOException {
        Path repository = Path.of(System.getProperty("fota.repository"));
        try (Stream<String> lines = Files.lines(repository.resolve("README.md"))) {
            return lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .flatMap(ReadmeExitCodesTest::reasons)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> reasons(Matcher row) {
        String start = row.group(1) + " " + row.group(2) + " " + row.group(3) + " ";
        return Arrays.stream(row.group(4).split(" ")).map(reason -> start + reason.replace("`", ""));
    }
}
