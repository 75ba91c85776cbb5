package dev.fotabridge.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/**
 * What the name of a test class promises: {@code *IT} use sockets, processes or real time and have the tag {@code real},
 * {@code *SimTest} play in virtual time and have the tag {@code sim}, and every other {@code *Test} does neither.
 *
 * <p>A test class is judged by what it uses itself and through test classes and fixtures, not through the product.
 */
final class TestKinds {
    private static final Set<String> REAL = Set.of(
            "io.javalin.Javalin",
            "io.netty.bootstrap.ServerBootstrap",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.net.DatagramSocket",
            "java.net.HttpURLConnection",
            "java.net.ServerSocket",
            "java.net.Socket",
            "java.net.http.HttpClient",
            "java.nio.channels.ServerSocketChannel",
            "java.nio.channels.SocketChannel",
            "javax.net.ssl.SSLServerSocket",
            "javax.net.ssl.SSLSocket",
            "org.awaitility.Awaitility");

    /** The commands and the bench can start all of it. A unit test of their arguments or figures starts nothing. */
    private static final Set<String> NOT_FOLLOWED =
            Set.of("dev.fotabridge.fixtures.bench", "dev.fotabridge.fixtures.cli");

    private final JavaClasses followed;

    /** @param followed test classes and fixtures */
    TestKinds(JavaClasses followed) {
        this.followed = followed;
    }

    /** Tells whether JUnit runs it by its name. */
    static boolean isTest(JavaClass candidate) {
        String name = candidate.getSimpleName();
        return (name.endsWith("Test") || name.endsWith("IT"))
                && !candidate.getModifiers().contains(JavaModifier.ABSTRACT);
    }

    /** Returns what is wrong with a test class, in one sentence. */
    Optional<String> wrong(JavaClass test) {
        String name = test.getSimpleName();
        if (name.endsWith("IT")) {
            return requireTag(test, "real");
        }
        if (name.endsWith("SimTest")) {
            return requireTag(test, "sim");
        }
        return realThing(test).map(thing -> name + " uses " + thing + ": name it *IT, with the tag real");
    }

    private static Optional<String> requireTag(JavaClass test, String tag) {
        boolean tagged = test.isAnnotatedWith(Tag.class)
                && test.getAnnotationOfType(Tag.class).value().equals(tag);
        return tagged ? Optional.empty() : Optional.of(test.getSimpleName() + " lacks the tag " + tag);
    }

    /** The first thing found that is of the machine and its clock. */
    private Optional<String> realThing(JavaClass test) {
        Set<JavaClass> seen = new HashSet<>(Set.of(test));
        Queue<JavaClass> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            JavaClass next = left.remove();
            Optional<String> direct = directly(next);
            if (direct.isPresent()) {
                return direct;
            }
            usedBy(next).stream().filter(seen::add).forEach(left::add);
        }
        return Optional.empty();
    }

    private static Optional<String> directly(JavaClass user) {
        if (user.getMethodCallsFromSelf().stream().anyMatch(TestKinds::sleeps)) {
            return Optional.of("sleep (" + user.getSimpleName() + ")");
        }
        return targets(user).stream()
                .map(JavaClass::getName)
                .filter(REAL::contains)
                .sorted()
                .findFirst()
                .map(thing -> thing + " (" + user.getSimpleName() + ")");
    }

    private static boolean sleeps(JavaMethodCall call) {
        String owner = call.getTarget().getOwner().getName();
        return call.getTarget().getName().equals("sleep")
                && (owner.equals("java.lang.Thread") || owner.equals("java.util.concurrent.TimeUnit"));
    }

    private List<JavaClass> usedBy(JavaClass user) {
        return targets(user).stream()
                .filter(target -> followed.contain(target.getName()))
                .filter(target -> !NOT_FOLLOWED.contains(target.getPackageName()))
                .map(target -> followed.get(target.getName()))
                .toList();
    }

    private static List<JavaClass> targets(JavaClass user) {
        return user.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .distinct()
                .toList();
    }
}
