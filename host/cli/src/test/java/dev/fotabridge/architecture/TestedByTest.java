package dev.fotabridge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A class or record that decides something has a test of its name ({@code FooTest}, {@code FooIT} or {@code FooSimTest}), or its
 * comment says where its test is: "Tested by BarTest." What no test class runs says "Tested by ./check STEP." or "Tested by hand".
 */
final class TestedByTest {
    private static final int FEWEST_FILES = 100;
    private static final Pattern NOTE = Pattern.compile("Tested by (?:(\\w+(?:Test|IT))|\\./check (\\w+)|hand)\\b");
    private static final Pattern COMMENT_OR_TEXT =
            Pattern.compile("/\\*.*?\\*/|//[^\n]*|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);
    private static final Pattern LOGIC = Pattern.compile("\\b(?:if|for|while|switch|catch)\\b|&&|\\|\\||\\?[^>,)]");

    @Test
    void everyClassWithLogicSaysWhereItsTestIs() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path file : SourceTree.productionFiles()) {
            if (isSilent(name(file), Files.readString(file))) {
                silent.add(name(file));
            }
        }
        assertEquals(List.of(), silent, "neither a test of its name nor 'Tested by XTest.' in its comment");
        assertTrue(SourceTree.productionFiles().size() >= FEWEST_FILES);
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        String steps = Files.readString(SourceTree.ROOT.resolve("check"));
        List<String> missing = new ArrayList<>();
        for (Path file : SourceTree.productionFiles()) {
            NOTE.matcher(Files.readString(file))
                    .results()
                    .filter(note -> !exists(note, steps))
                    .map(note -> name(file) + ": " + note.group())
                    .forEach(missing::add);
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void aSilentClassIsFound() {
        String logic = "\nfinal class Foo {\n  boolean is(int a) { return a > 1 && a < 9; }\n}\n";
        assertTrue(isSilent("Foo", "/** Decides. */" + logic));
        assertFalse(isSilent("Foo", "/** Decides. Tested by BarTest. */" + logic));
        assertFalse(isSilent("Foo", "/** Decides, if && only if asked. */\nrecord Foo(int a) {}\n"));
        assertFalse(isSilent("SourceTree", "/** Has a test of its name. */" + logic.replace("Foo", "SourceTree")));
        assertTrue(isSilent("Foo", "/** Tested by thorough thought. */" + logic));
    }

    private static boolean isSilent(String name, String source) {
        String code = COMMENT_OR_TEXT.matcher(source).replaceAll("\"\"");
        boolean decides = LOGIC.matcher(code).find()
                && Pattern.compile("\\b(?:class|record) " + name + "\\b")
                        .matcher(code)
                        .find();
        boolean tested = Stream.of("Test", "IT", "SimTest")
                .anyMatch(kind -> SourceTree.tests().containsKey(name + kind));
        return decides && !tested && !NOTE.matcher(source).find();
    }

    private static boolean exists(MatchResult note, String steps) {
        return note.group(1) != null
                ? SourceTree.tests().containsKey(note.group(1))
                : note.group(2) == null || steps.contains("step_" + note.group(2) + "()");
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
