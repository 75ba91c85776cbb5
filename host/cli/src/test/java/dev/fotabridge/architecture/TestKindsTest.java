package dev.fotabridge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.fotabridge.fixtures.source.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The test classes of all modules keep to {@link TestKinds}. */
final class TestKindsTest {
    /** Far fewer than there are; classes that are not found would make the rule easy to keep. */
    private static final int FEWEST_TESTS = 100;

    @Test
    void everyTestClassIsOfTheKindThatItsNameSays() {
        JavaClasses all = testsAndFixtures();
        List<JavaClass> tests = all.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(TestKinds::isTest)
                .filter(test -> !test.getPackageName().startsWith("planted."))
                .toList();
        TestKinds kinds = new TestKinds(all);
        assertEquals(
                List.of(),
                tests.stream().flatMap(test -> kinds.wrong(test).stream()).toList());
        assertTrue(tests.size() >= FEWEST_TESTS, () -> "found only " + tests.size());
    }

    private static JavaClasses testsAndFixtures() {
        Stream<Path> tests = Stream.of(
                        "protocol", "test-fixtures", "host/core", "host/junit", "host/station", "host/cli")
                .map(TestKindsTest::testClasses);
        Path fixtures = SourceTree.ROOT.resolve("test-fixtures/target/classes");
        List<Path> directories = Stream.concat(tests, Stream.of(fixtures)).toList();
        // What a library's or the JDK's class uses itself is not asked for, and takes most of the time to read.
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter().importPaths(directories);
        });
    }

    private static Path testClasses(String module) {
        Path directory = SourceTree.ROOT.resolve(module).resolve("target/test-classes");
        assertTrue(directory.toFile().isDirectory(), () -> "not built: " + directory);
        return directory;
    }

    @Test
    void aClassOfAnotherKindIsNamed() {
        JavaClasses planted = new ClassFileImporter().importPackages("planted.testkinds");
        TestKinds kinds = new TestKinds(planted);
        assertEquals(
                List.of(
                        "HelpedTest uses java.lang.ProcessBuilder (Starter): name it *IT, with the tag real",
                        "SleepingTest uses sleep (SleepingTest): name it *IT, with the tag real",
                        "UntaggedIT lacks the tag real",
                        "UntaggedSimTest lacks the tag sim",
                        "WrongTagIT lacks the tag real"),
                planted.stream()
                        .filter(TestKinds::isTest)
                        .flatMap(test -> kinds.wrong(test).stream())
                        .sorted()
                        .toList());
    }
}
