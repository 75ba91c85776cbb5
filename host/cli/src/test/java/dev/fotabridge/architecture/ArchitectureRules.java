package dev.fotabridge.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;

/**
 * Who may know whom, as rules below one root package: the product's own, or that of a planted violation.
 *
 * <p>A rule whose packages hold no class fails, so that a misspelt name cannot pass. The one rule that is missing here,
 * that the core in C needs nothing but memory functions, is held by its Makefile.
 */
final class ArchitectureRules {
    private final Map<String, ArchRule> rules = new LinkedHashMap<>();
    private final Map<String, DescribedPredicate<JavaClass>> packages = new LinkedHashMap<>();
    private final String root;

    /**
     * @param root the package that holds {@code protocol}, {@code host}, {@code junit}, {@code station} and {@code fixtures}
     * @param exported the packages that the module descriptor of protocol exports
     */
    ArchitectureRules(String root, Collection<String> exported) {
        this.root = root;
        protocol(exported);
        directions();
        api();
        libraries();
        habits();
    }

    /** The rules by name. A name in lower case is also the package below which its violation is planted. */
    Map<String, ArchRule> rules() {
        return rules;
    }

    /** Every package that a rule names. */
    Map<String, DescribedPredicate<JavaClass>> packages() {
        return packages;
    }

    private void protocol(Collection<String> exported) {
        DescribedPredicate<JavaClass> protocol = in("protocol..");
        rules.put(
                "protocolNeedsOnlyTheLanguage",
                classes()
                        .that(protocol)
                        .should()
                        .onlyDependOnClassesThat(protocol.or(resideInAnyPackage(
                                "java.lang..",
                                "java.nio",
                                "java.nio.charset",
                                "java.util",
                                "java.util.function",
                                "java.util.stream",
                                "java.util.zip",
                                "java.security"))));
        rules.put("protocolReadsNoClock", noClasses().that(protocol).should().accessTargetWhere(readsAClock()));
        rules.put(
                "protocolStartsNoThread",
                noClasses()
                        .that(protocol)
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("java.util.concurrent..").or(equivalentTo(Thread.class))));
        rules.put(
                "protocolDoesNoInput",
                noClasses()
                        .that(protocol)
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("java.io..", "java.net..", "java.nio.channels..", "java.nio.file..")
                                        .and(DescribedPredicate.not(equivalentTo(java.io.Serializable.class)))));
        rules.put(
                "protocolKeepsItsInsides",
                noClasses()
                        .that(in("host..", "fixtures.."))
                        .should()
                        .dependOnClassesThat(protocol.and(
                                DescribedPredicate.not(resideInAnyPackage(exported.toArray(String[]::new))))));
        protocolLayers(protocol);
    }

    /** The session uses upload, rate and modem, and these use board. What they offer to others are values, not their machines. */
    private void protocolLayers(DescribedPredicate<JavaClass> protocol) {
        rules.put("sessionIsSeenFromAboveOnly", seenOnlyBy("protocol.session..", "host..", "fixtures.."));
        for (String part : new String[] {"upload", "rate", "modem"}) {
            rules.put(
                    part + "IsSeenBySessionOnly",
                    seenOnlyBy("protocol." + part + "..", "protocol.session..", "host..", "fixtures.."));
        }
        rules.put(
                "protocolMachinesBelongToTheSession",
                noClasses()
                        .that(in("host..", "fixtures.."))
                        .should()
                        .dependOnClassesThat(protocol.and(nameMatching(
                                ".*\\.(WelcomeReader|(Upload|Modem)Run|Rate(Control|Action|Report)|ModemListener)"))));
    }

    private void directions() {
        rules.put(
                "fixturesNeverSeeHost",
                noClasses().that(in("fixtures..")).should().dependOnClassesThat(in("host..", "station..")));
        rules.put(
                "stationUsesTheApiAlone",
                noClasses()
                        .that(in("station.."))
                        .should()
                        .dependOnClassesThat(
                                in("protocol..", "host..", "fixtures..").and(notIn("host.api.."))));
        rules.put("stationIsSeenByTheCommandLineOnly", seenOnlyBy("station..", "host.cli..", "host.doctor.."));
        rules.put(
                "nothingDependsOnTheCommandLine",
                noClasses()
                        .that(notIn("host.cli..", "fixtures.cli.."))
                        .should()
                        .dependOnClassesThat(in("host.cli..", "fixtures.cli..")));
        rules.put("baysIsSeenByTheApiOnly", seenOnlyBy("host.bays..", "host.api.."));
        rules.put("agentIsSeenFromAboveOnly", seenOnlyBy("host.agent..", "host.bays.."));
        rules.put(
                "bayIsSeenFromAboveOnly",
                seenOnlyBy("host.bay..", "host.agent..", "host.bays..", "host.doctor..", "host.cli.."));
        rules.put(
                "updateIsSeenFromAboveOnly", seenOnlyBy("host.update..", "host.bay..", "host.agent..", "host.bays.."));
        rules.put("doctorIsSeenFromAboveOnly", seenOnlyBy("host.doctor..", "host.cli.."));
        rules.put(
                "pahoAdapterIsSeenByItsUsersOnly",
                seenOnlyBy("host.jobs.paho..", "host.agent..", "host.doctor..", "host.api.."));
        rules.put(
                "httpAdapterIsSeenByItsUsersOnly",
                seenOnlyBy("host.download.http..", "host.agent..", "host.bay..", "host.doctor.."));
        rules.put("serialAdapterIsSeenByItsUsersOnly", seenOnlyBy("host.link.serial..", "host.bay..", "host.cli.."));
        for (String module : new String[] {"protocol", "host", "station", "fixtures"}) {
            rules.put(
                    module + "HasNoCycles",
                    slices().matching(root + "." + module + ".(*)..")
                            .should()
                            .beFreeOfCycles()
                            .ignoreDependency(wayIn(), DescribedPredicate.alwaysTrue()));
        }
    }

    /** Applications see the api, and the api is all that they need to see. */
    private void api() {
        DescribedPredicate<JavaClass> api = in("host.api..");
        DescribedPredicate<JavaClass> known =
                api.or(resideInAnyPackage("java..", "javax.net.ssl..", "org.eclipse.paho.client.mqttv3"));
        rules.put(
                "apiKnowsOnlyItself",
                classes()
                        .that(api.and(DescribedPredicate.not(wayIn())))
                        .should()
                        .onlyDependOnClassesThat(known.or(in("host.value.."))));
        rules.put(
                "junitKnowsOnlyTheApi",
                classes()
                        .that(in("junit.."))
                        .should()
                        .onlyDependOnClassesThat(in("junit..")
                                .or(api)
                                .or(resideInAnyPackage(
                                        "java..",
                                        "org.junit.jupiter.api..",
                                        "org.junit.platform.commons..",
                                        "org.opentest4j..",
                                        "com.fasterxml.jackson.."))));
        rules.put("apiIsClosed", classes().that(api).and().arePublic().should(nameOnly(known)));
    }

    /** The classes of the api by which an application gets at what lies behind it. */
    private DescribedPredicate<JavaClass> wayIn() {
        return resideInAPackage(root + ".host.api")
                .and(nameMatching(".*\\.(FotaBridge|AwsFota|AwsFotaStation)(\\$.*)?"));
    }

    private static ArchCondition<JavaClass> nameOnly(DescribedPredicate<JavaClass> known) {
        return new ArchCondition<>("name only types of the api, of the JDK and of Paho's client in what others see") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getCodeUnits().stream()
                        .filter(ArchitectureRules::isVisible)
                        .forEach(unit -> Stream.of(
                                        unit.getRawParameterTypes(),
                                        List.of(unit.getRawReturnType()),
                                        unit.getExceptionTypes())
                                .flatMap(List::stream)
                                .filter(named -> !known.test(named.getBaseComponentType())
                                        && !named.getBaseComponentType().isPrimitive())
                                .forEach(named -> events.add(SimpleConditionEvent.violated(
                                        unit, unit.getFullName() + " names " + named.getName()))));
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private void libraries() {
        rules.put(
                "pahoStaysInItsAdapter",
                onlyIn("org.eclipse.paho..", "host.jobs.paho..", "host.api..", "fixtures.real.."));
        rules.put("httpClientStaysInItsAdapter", onlyIn("org.apache.hc..", "host.download.http.."));
        rules.put("serialLibraryStaysInItsAdapter", onlyIn("com.fazecast..", "host.link.serial.."));
        rules.put("nettyStaysInTheBroker", onlyIn("io.netty..", "fixtures.jobs..", "fixtures.cloud.."));
        rules.put("javalinStaysInItsAdapters", onlyIn("io.javalin..", "fixtures.http..", "station.http.."));
        rules.put("micrometerStaysInTheMetrics", onlyIn("io.micrometer..", "station.metrics.."));
        rules.put(
                "yamlStaysWhereFilesAreRead",
                onlyIn("com.fasterxml.jackson.dataformat..", "station.yaml..", "junit..", "host.cli.."));
        rules.put("sqliteStaysInTheLedger", onlyIn("org.sqlite..", "station.ledger.."));
        rules.put("jdbiStaysInTheLedger", onlyIn("org.jdbi..", "station.ledger.."));
        rules.put("flywayStaysInTheLedger", onlyIn("org.flywaydb..", "station.ledger.."));
        rules.put("picocliStaysInTheCommandLine", onlyIn("picocli..", "host.cli..", "fixtures.cli.."));
    }

    private void habits() {
        rules.put(
                "decisionsReadNoClock",
                noClasses()
                        .that(in(
                                "host.jobs",
                                "host.download",
                                "host.image",
                                "host.update",
                                "host.value",
                                "station.verdict",
                                "station.bay"))
                        .should()
                        .accessTargetWhere(readsAClock()));
        rules.put(
                "standardStreamsBelongToTheCommandLine",
                noClasses()
                        .that(notIn("host.cli..", "fixtures.cli.."))
                        .should(ACCESS_STANDARD_STREAMS)
                        .orShould()
                        .accessField(System.class, "in"));
        rules.put(
                "threadsAreMadeInOnePlace",
                noClasses()
                        .that(in("host..").and(notIn("host.thread..")))
                        .should()
                        .accessTargetWhere(makesAThread()));
        rules.put(
                "textForProgramsKnowsNoLocale",
                noClasses()
                        .that(in("protocol..", "host..", "junit..", "fixtures.."))
                        .should()
                        .accessTargetWhere(usesTheUsersLocale()));
        rules.put(
                "nothingIsStaticAndChanges",
                fields().that().areStatic().should().beFinal());
    }

    /** The packages are seen by themselves and by the named ones, by nobody else. */
    private ArchRule seenOnlyBy(String seen, String... by) {
        return classes().that(in(seen)).should().onlyHaveDependentClassesThat(in(seen).or(in(by)));
    }

    /** A library that is used in the named packages, and really there, and nowhere else. */
    private ArchRule onlyIn(String library, String... packages) {
        return noClasses().that(notIn(packages)).should().dependOnClassesThat(resideInAPackage(library));
    }

    private static DescribedPredicate<JavaAccess<?>> readsAClock() {
        DescribedPredicate<JavaAccess<?>> system =
                targetOwner(equivalentTo(System.class)).and(target(nameMatching("nanoTime|currentTimeMillis")));
        DescribedPredicate<JavaAccess<?>> now =
                targetOwner(resideInAPackage("java.time..")).and(target(name("now")));
        DescribedPredicate<JavaAccess<?>> clock = targetOwner(assignableTo(java.time.Clock.class));
        DescribedPredicate<JavaAccess<?>> date =
                targetOwner(belongToAnyOf(java.util.Date.class)).and(target(nameMatching("<init>")));
        return system.or(now).or(clock).or(date).as("reads a clock");
    }

    /** Turkish has another upper case of i, and Arabic other digits. */
    private static DescribedPredicate<JavaAccess<?>> usesTheUsersLocale() {
        DescribedPredicate<JavaAccess<?>> changesCase = targetOwner(equivalentTo(String.class))
                .and(target(nameMatching("toUpperCase|toLowerCase|format|formatted")));
        DescribedPredicate<JavaAccess<?>> prints =
                targetOwner(assignableTo(Appendable.class)).and(target(nameMatching("printf|format")));
        return changesCase
                .or(prints)
                .and(DescribedPredicate.not(namesALocale()))
                .as("uses the user's locale");
    }

    private static DescribedPredicate<JavaAccess<?>> namesALocale() {
        return DescribedPredicate.describe(
                "names a locale",
                access -> access instanceof JavaMethodCall call
                        && call.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(Locale.class)));
    }

    private static DescribedPredicate<JavaAccess<?>> makesAThread() {
        DescribedPredicate<JavaAccess<?>> constructed = targetOwner(belongToAnyOf(
                        Thread.class, Timer.class, ThreadPoolExecutor.class, ScheduledThreadPoolExecutor.class))
                .and(target(name("<init>")));
        DescribedPredicate<JavaAccess<?>> factory = targetOwner(equivalentTo(Executors.class));
        return constructed.or(factory).as("makes a thread");
    }

    /** Packages below the root, in ArchUnit's notation. */
    private DescribedPredicate<JavaClass> in(String... names) {
        DescribedPredicate<JavaClass> any = DescribedPredicate.alwaysFalse();
        for (String name : names) {
            any = any.or(packages.computeIfAbsent(name, named -> resideInAPackage(root + "." + named)));
        }
        return any.as("in " + String.join(", ", names));
    }

    private DescribedPredicate<JavaClass> notIn(String... names) {
        return DescribedPredicate.not(in(names));
    }
}
