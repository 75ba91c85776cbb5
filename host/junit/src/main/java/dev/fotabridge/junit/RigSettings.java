package dev.fotabridge.junit;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The configuration parameters, which {@link FotaBoard} describes. Tested by RigSettingsTest.
 *
 * @param rig which boards; empty to look for a rig.yaml
 * @param required whether a missing board is a failure
 * @param home directory of the program fota-bridge
 * @param claim how long to wait for a board
 * @param flash how long an update may take
 * @param test how long a test may use its board
 * @param reports directory of the full logs
 */
record RigSettings(
        Optional<String> rig,
        boolean required,
        Optional<Path> home,
        Duration claim,
        Duration flash,
        Duration test,
        Path reports) {
    private static final String PREFIX = "fotabridge.";
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    /** @throws ExtensionConfigurationException names the parameter that has no such value */
    static RigSettings of(Function<String, Optional<String>> parameters) {
        Function<String, Optional<String>> given =
                name -> parameters.apply(PREFIX + name).map(String::strip).filter(text -> !text.isEmpty());
        return new RigSettings(
                given.apply("rig"),
                given.apply("rig.required").map(RigSettings::isTrue).orElse(false),
                given.apply("home").map(text -> path("home", text)),
                time("rig.claim-timeout", given).orElse(Duration.ofMinutes(5)),
                time("rig.flash-timeout", given).orElse(Duration.ofMinutes(5)),
                time("rig.test-timeout", given).orElse(Duration.ofSeconds(60)),
                given.apply("rig.reports")
                        .map(text -> path("rig.reports", text))
                        .orElseGet(RigSettings::standardReports));
    }

    private static boolean isTrue(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("rig.required", text, "it is true or false");
        };
    }

    private static Path path(String name, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw wrong(name, text, "it is no path");
        }
    }

    private static Optional<Duration> time(String name, Function<String, Optional<String>> given) {
        return given.apply(name).map(text -> {
            Matcher time = TIME.matcher(text);
            if (!time.matches()) {
                throw wrong(name, text, "it is a time such as 1500ms, 90s or 5m");
            }
            long count = Long.parseLong(time.group(1));
            return switch (time.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
        });
    }

    /** Where the build puts what it makes. */
    private static Path standardReports() {
        for (String output : new String[] {"target", "build"}) {
            if (Files.isDirectory(Path.of(output))) {
                return Path.of(output, "fota-rig");
            }
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "fota-rig");
    }

    private static ExtensionConfigurationException wrong(String name, String value, String why) {
        return new ExtensionConfigurationException(PREFIX + name + " is '" + value + "': " + why + ".");
    }
}
