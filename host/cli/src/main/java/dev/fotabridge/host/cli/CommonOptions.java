package dev.fotabridge.host.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
    @Option(names = "--json", description = "Print one JSON object a line on standard output.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing for people but errors.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the program's log on standard error.")
    boolean verbose;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with defaults for options; a value is the text that stands there.")
    Optional<Path> config;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where journals, final states and images are kept (default: ~/.local/state/fota-bridge).")
    Optional<Path> stateDir;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Patience, e.g. 90, 90s, 5m: how long a board that is lost may take to come back (default:"
                    + " 60s; the time of a swap is added to it) and to answer for the first time (default: 10s), and with"
                    + " agent --once how long to wait for a job (default: without end).")
    Optional<Duration> timeout;
}
