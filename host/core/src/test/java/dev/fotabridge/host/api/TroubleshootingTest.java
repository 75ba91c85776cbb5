package dev.fotabridge.host.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/troubleshooting.md has an entry for every {@link Reason}, and none for what is none. */
final class TroubleshootingTest {
    private static final Pattern ENTRY =
            Pattern.compile("(?m)^### ([A-Z_]+) \\((\\d+)\\)\n(.*?)(?=^##|\\z)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(#([^)]+)\\)");
    private static final List<String> PARTS = List.of("- What it is: ", "- Cause: ", "- What to do: ");

    @Test
    void theEntriesAreTheReasons() throws IOException {
        assertEquals(
                Arrays.stream(Reason.values()).collect(Collectors.toMap(Reason::name, r -> "" + r.exitCode())),
                ENTRY.matcher(text()).results().collect(Collectors.toMap(m -> m.group(1), m -> m.group(2))));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyEntryHasItsParts(Reason reason) throws IOException {
        String entry = entries().getOrDefault(reason.name(), "");
        PARTS.forEach(part -> assertTrue(entry.contains(part), () -> reason + " lacks '" + part + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection refused", "host unreachable", "Content-Range"})
    void theErrorsOfTheNordicDocumentationAreThere(String error) throws IOException {
        assertTrue(text().lines().anyMatch(line -> line.startsWith("|") && line.contains(error)), error);
    }

    @Test
    void everyLinkHasItsEntry() throws IOException {
        for (Matcher link = LINK.matcher(text()); link.find(); ) {
            String name = link.group(1).replaceAll("-\\d+$", "").toUpperCase(Locale.ROOT);
            assertTrue(entries().containsKey(name), name);
        }
    }

    private static Map<String, String> entries() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        ENTRY.matcher(text()).results().forEach(m -> entries.put(m.group(1), m.group(3)));
        return entries;
    }

    private static String text() throws IOException {
        return Files.readString(Path.of(System.getProperty("fota.repository"), "docs", "troubleshooting.md"));
    }
}
