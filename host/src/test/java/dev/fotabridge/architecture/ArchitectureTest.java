package dev.fotabridge.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.fotabridge.protocol.session.Peer;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The production classes of all modules keep the {@link ArchitectureRules}. */
final class ArchitectureTest {
    private static final String ROOT = "dev.fotabridge";

    /** Far fewer than there are; an import that finds next to nothing would make every rule easy to keep. */
    private static final int MINIMUM_CLASS_COUNT = 20;

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final ArchitectureRules ARCHITECTURE = new ArchitectureRules(ROOT, packagesExportedByProtocol());

    @TestFactory
    Stream<DynamicTest> everyRuleIsKept() {
        return ARCHITECTURE.rules().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> check(rule.getValue())));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCTION);
    }

    @Test
    void theImportFindsTheClasses() {
        assertTrue(PRODUCTION.size() >= MINIMUM_CLASS_COUNT, () -> "found only " + PRODUCTION.size());
    }

    private static Set<String> packagesExportedByProtocol() {
        String location =
                Peer.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return ModuleFinder.of(Path.of(URI.create("file:" + location))).findAll().stream()
                .flatMap(module -> module.descriptor().exports().stream())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }
}
