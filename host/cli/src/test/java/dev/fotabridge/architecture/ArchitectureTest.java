package dev.fotabridge.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The production classes of all modules keep the {@link ArchitectureRules}. */
final class ArchitectureTest {
    private static final String ROOT = "dev.fotabridge";

    /** Far fewer than there are; an import that finds next to nothing would make every rule easy to keep. */
    private static final int MINIMUM_CLASS_COUNT = 100;

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
        rule.check(PRODUCTION);
    }

    @TestFactory
    Stream<DynamicTest> everyPackageThatARuleNamesHoldsClasses() {
        return ARCHITECTURE.packages().entrySet().stream()
                .map(named -> DynamicTest.dynamicTest(
                        named.getKey(),
                        () -> assertTrue(PRODUCTION.stream().anyMatch(named.getValue()), named.getKey())));
    }

    @Test
    void theImportFindsTheClasses() {
        assertTrue(PRODUCTION.size() >= MINIMUM_CLASS_COUNT, () -> "found only " + PRODUCTION.size());
    }

    /** A misspelt library would be found nowhere, which the rules on libraries take for kept. */
    @ParameterizedTest
    @CsvSource({
        "host.jobs.paho, org.eclipse.paho.",
        "host.download.http, org.apache.hc.",
        "host.link.serial, com.fazecast.",
        "station.ledger, org.sqlite.",
        "station.ledger, org.jdbi.",
        "station.ledger, org.flywaydb.",
        "host.cli, picocli.",
        "station.yaml, com.fasterxml.jackson.dataformat.",
        "host.cli, com.fasterxml.jackson.dataformat.",
        "junit, com.fasterxml.jackson.dataformat.",
        "fixtures.jobs, io.netty.",
        "fixtures.http, io.javalin.",
        "station.http, io.javalin.",
        "station.metrics, io.micrometer.",
        "fixtures.cli, picocli."
    })
    void anAdapterUsesItsLibrary(String adapter, String library) {
        Stream<Dependency> dependencies = PRODUCTION.stream()
                .filter(candidate -> candidate.getPackageName().startsWith(ROOT + "." + adapter))
                .flatMap(candidate -> candidate.getDirectDependenciesFromSelf().stream());
        assertTrue(dependencies.anyMatch(
                dependency -> dependency.getTargetClass().getName().startsWith(library)));
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
