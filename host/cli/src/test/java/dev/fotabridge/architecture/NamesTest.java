package dev.fotabridge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.source.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name means one thing: no two top-level types in production share theirs. */
final class NamesTest {
    @Test
    void noTwoTypesShareAName() {
        List<Path> files = SourceTree.productionFiles();
        assertEquals(Map.of(), shared(files));
        assertTrue(files.size() > 100, () -> "few files were found below " + SourceTree.ROOT);
    }

    @Test
    void aSharedNameIsFound() {
        List<Path> lines = List.of(Path.of("host/link/Line.java"), Path.of("fixtures/bench/Line.java"));
        List<Path> others = List.of(
                Path.of("host/link/package-info.java"),
                Path.of("fixtures/bench/package-info.java"),
                Path.of("host/link/LineOpener.java"));
        assertEquals(
                Map.of("Line.java", lines),
                shared(Stream.concat(lines.stream(), others.stream()).toList()));
    }

    private static Map<String, List<Path>> shared(List<Path> files) {
        Map<String, List<Path>> byName = files.stream()
                .collect(Collectors.groupingBy(
                        file -> file.getFileName().toString(), TreeMap::new, Collectors.toList()));
        byName.remove("package-info.java");
        byName.values().removeIf(sameName -> sameName.size() == 1);
        return byName;
    }
}
