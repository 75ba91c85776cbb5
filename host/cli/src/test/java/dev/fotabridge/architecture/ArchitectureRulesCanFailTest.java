package dev.fotabridge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule catches the violation that is planted for it below {@code planted.<rule>}. */
final class ArchitectureRulesCanFailTest {
    @TestFactory
    Stream<DynamicTest> everyRuleCatchesItsViolation() {
        return names().stream().map(name -> DynamicTest.dynamicTest(name, () -> catches(name)));
    }

    private static void catches(String name) {
        String root = "planted." + name.toLowerCase(Locale.ROOT);
        JavaClasses planted = new ClassFileImporter().importPackages(root);
        assertTrue(planted.size() > 0, () -> "nothing is planted in " + root);
        EvaluationResult result = ruleBelow(root, name).evaluate(planted);
        // One planted class named Violation: a rule that fails because it matches nothing would not name it.
        assertTrue(result.getFailureReport().toString().contains(".Violation"), () -> "not caught: " + result);
    }

    /** A package that holds no class makes a rule fail, so that a misspelt one cannot pass. */
    @Test
    void aRuleThatMatchesNothingFails() {
        JavaClasses nothing = new ClassFileImporter().importPackages("planted.nothing.is.there");
        Map<String, ArchRule> rules = new ArchitectureRules("planted.nothing.is.there", Set.of()).rules();
        assertEquals(
                Set.of(),
                rules.entrySet().stream()
                        .filter(rule -> passes(rule.getValue(), nothing))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    private static boolean passes(ArchRule rule, JavaClasses classes) {
        try {
            rule.check(classes);
            return true;
        } catch (AssertionError failed) {
            return false;
        }
    }

    private static Set<String> names() {
        return new ArchitectureRules("planted", Set.of()).rules().keySet();
    }

    private static ArchRule ruleBelow(String root, String name) {
        return new ArchitectureRules(root, Set.of()).rules().get(name);
    }
}
