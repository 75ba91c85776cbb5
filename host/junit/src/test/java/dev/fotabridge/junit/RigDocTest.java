package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/rig.md shows is what there is. */
class RigDocTest {
    private static final Pattern PARAMETER =
            Pattern.compile("(?m)^\\| `(fotabridge[a-z.-]+)`|<li>\\{@code (fotabridge[a-z.-]+)}");

    @TempDir
    Path directory;

    private String text;

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(SourceTree.ROOT.resolve("docs/rig.md"));
    }

    private String listing(String fence) {
        int begin = text.indexOf(fence) + fence.length();
        return text.substring(begin, text.indexOf("```", begin));
    }

    @Test
    void theTestIsTheExamples() throws IOException {
        Path example = SourceTree.ROOT.resolve("examples/rig/src/test/java/com/example/rig/FirstTest.java");
        assertEquals(Files.readString(example), listing("```java\n"));
    }

    @Test
    void theRigIsOne() throws IOException {
        Path file = Files.writeString(directory.resolve("rig.yaml"), listing("```yaml\n"));
        assertEquals(3, new RigFile(file, () -> Path.of("fota-bridge")).read().size());
    }

    @Test
    void theParametersAreThoseOfTheAnnotation() throws IOException {
        Path annotation = SourceTree.production().get("FotaBoard");
        Set<String> shown = parameters(text);
        assertEquals(parameters(Files.readString(annotation)), shown);
        assertTrue(shown.size() == 7, shown.toString());
    }

    private static Set<String> parameters(String source) {
        return PARAMETER
                .matcher(source)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theVersionsAreThoseOfTheExample() throws IOException {
        String pom = Files.readString(SourceTree.ROOT.resolve("examples/rig/pom.xml"));
        for (String plugin : new String[] {"maven-compiler-plugin", "maven-surefire-plugin"}) {
            assertEquals(version(pom, plugin), version(text, plugin));
        }
        assertEquals(version(pom, "host-junit"), version(text, "host-junit"));
    }

    private static String version(String pom, String artifact) {
        String behind = pom.substring(pom.indexOf("<artifactId>" + artifact + "</artifactId>"));
        return behind.substring(behind.indexOf("<version>"), behind.indexOf("</version>"));
    }
}
