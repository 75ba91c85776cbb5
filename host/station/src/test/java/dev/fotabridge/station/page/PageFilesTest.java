package dev.fotabridge.station.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.verdict.Verdict;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PageFilesTest {
    private static final Pattern IN_HTML = Pattern.compile("data-(?:text|label)=\"([^\"]+)\"");
    private static final Pattern IN_MODULE = Pattern.compile("text\\(\\s*'([\\w.]+)'|\\? '([\\w.]+)' : '([\\w.]+)'");
    private static final Pattern BY_NAME = Pattern.compile("(?:text\\(`|`)(column|unmapped)\\.");

    private final PageFiles files = PageFiles.load(Optional.empty());

    PageFilesTest() throws IOException {}

    private String file(String name) {
        return files.find(name).orElseThrow().text();
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                Optional.ofNullable(matcher.group(group)).ifPresent(found::add);
            }
        }
        return found;
    }

    /** A text that is missing would be shown as its name; one that nobody shows would be translated for nothing. */
    @Test
    void everyTextIsThereAndIsUsed() throws IOException {
        JsonNode texts = new ObjectMapper().readTree(file("texts.json"));
        Set<String> known = new TreeSet<>();
        texts.fieldNames().forEachRemaining(known::add);
        Set<String> used = found(IN_HTML, files.html().text());
        found(IN_MODULE, file("station.js")).stream()
                .filter(name -> name.contains(".") || known.contains(name))
                .forEach(used::add);
        assertTrue(found(BY_NAME, file("station.js")).containsAll(Set.of("column", "unmapped")));
        known.stream()
                .filter(name -> name.startsWith("column.") || name.startsWith("unmapped."))
                .forEach(used::add);
        names("state.", BayState.values()).forEach(used::add);
        names("note.", BayState.values()).forEach(used::add);
        names("verdict.", Verdict.values()).forEach(used::add);
        names("phase.", Phase.values()).forEach(used::add);
        assertEquals(known, used);
    }

    private static Stream<String> names(String prefix, Enum<?>[] values) {
        return Arrays.stream(values).map(value -> prefix + value.name());
    }

    /** The content security policy would block it. */
    @Test
    void nothingIsInline() {
        String html = files.html().text();
        assertFalse(html.contains(" style=") || html.contains("<style") || html.contains(" onclick="));
        assertEquals(1, html.split("<script").length - 1);
        assertTrue(html.contains("<script type=\"module\" src=\"/page/station.js\"></script>"));
    }

    @Test
    void everyVerdictHasAShape() {
        for (Verdict verdict : Verdict.values()) {
            assertTrue(files.html().text().contains("id=\"shape-" + verdict + "\""), verdict.name());
            assertTrue(file("station.css").contains(".tile[data-look=\"" + verdict + "\"]"), verdict.name());
        }
    }

    @Test
    void anETagFollowsTheText() {
        assertEquals(
                PageFile.of("text/plain", "a").etag(),
                PageFile.of("text/plain", "a").etag());
        assertNotEquals(
                PageFile.of("text/plain", "a").etag(),
                PageFile.of("text/plain", "b").etag());
        assertEquals(Optional.empty(), files.find("index.html"));
    }
}
