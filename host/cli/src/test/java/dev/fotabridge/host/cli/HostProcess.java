package dev.fotabridge.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The host application as a process of its own, with {@code --json}; its output is kept for looks and failures. */
final class HostProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    private HostProcess(Process process) {
        this.process = process;
        readers.add(read(process.inputReader(), out));
        readers.add(read(process.errorReader(), err));
    }

    /** Starts it with these arguments; home and temporary files lie in the directory. */
    static HostProcess start(Path directory, List<String> arguments) throws IOException {
        return start(directory, arguments, Map.of());
    }

    /** Starts a command of the test world, such as {@code sim cloud}, in the same way. */
    static HostProcess simulator(Path directory, List<String> arguments) throws IOException {
        return start(
                directory,
                new ProcessBuilder(command(directory, "dev.fotabridge.fixtures.cli.FixturesMain", arguments)),
                Map.of());
    }

    /** The same with more in its environment. */
    static HostProcess start(Path directory, List<String> arguments, Map<String, String> environment)
            throws IOException {
        return start(directory, new ProcessBuilder(command(directory, arguments)), environment);
    }

    /** Starts it on a terminal of its own, whose whole output is this process's standard output; util-linux's script makes it. */
    static HostProcess onTerminal(Path directory, List<String> arguments, Map<String, String> environment)
            throws IOException {
        String quoted = command(directory, arguments).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return start(
                directory, new ProcessBuilder("script", "--quiet", "--return", "-c", quoted, "/dev/null"), environment);
    }

    /** Types a line again and again, as somebody does who is not heard, until the output has a text. */
    void typeUntil(int seconds, String line, String text) {
        Awaitility.await(toString())
                .atMost(seconds, TimeUnit.SECONDS)
                .pollInterval(200, TimeUnit.MILLISECONDS)
                .until(() -> toString().contains(text) || !typed(line));
    }

    /** Types a line; returns false if nobody listens any more. */
    boolean typed(String line) {
        try {
            process.outputWriter().append(line).append('\n').flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> command(Path directory, List<String> arguments) {
        return command(directory, "dev.fotabridge.host.cli.Main", arguments);
    }

    private static List<String> command(Path directory, String main, List<String> arguments) {
        // A shell that starts the tests in the background has SIGINT ignored for all below it, nohup SIGHUP.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT,HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main));
        command.addAll(arguments);
        return command;
    }

    private static HostProcess start(Path directory, ProcessBuilder builder, Map<String, String> environment)
            throws IOException {
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("XDG_")
                        || name.startsWith("FOTA_BRIDGE_")
                        || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().put("HOME", directory.toString());
        builder.environment().putAll(environment);
        return new HostProcess(builder.start());
    }

    private static Thread read(BufferedReader lines, List<String> into) {
        Thread thread = new Thread(() -> {
            try (lines) {
                lines.lines().forEach(into::add);
            } catch (IOException | UncheckedIOException e) {
                // Killed in the middle of a line.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for its end and returns the exit code. */
    int await(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("The host did not end in " + seconds + " s.\n" + this);
        }
        for (Thread reader : readers) {
            reader.join(TimeUnit.SECONDS.toMillis(5));
        }
        return process.exitValue();
    }

    /** Waits until an event of this kind has been printed. */
    JsonNode awaitEvent(int seconds, Predicate<JsonNode> wanted) {
        Awaitility.await(toString())
                .atMost(seconds, TimeUnit.SECONDS)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> !process.isAlive() || events().stream().anyMatch(wanted));
        return events().stream().filter(wanted).findFirst().orElseThrow(() -> new AssertionError("No event.\n" + this));
    }

    /** Its standard output, as it is. */
    List<String> lines() {
        return List.copyOf(out);
    }

    /** Everything that it printed so far, but for a line that a kill has cut. */
    List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (String line : out) {
            try {
                events.add(JSON.readTree(line));
            } catch (IOException e) {
                events.add(JSON.nullNode());
            }
        }
        return events;
    }

    /** Its last line, which must be the RESULT. */
    JsonNode result() {
        List<JsonNode> events = events();
        if (events.isEmpty()
                || !events.get(events.size() - 1).path("type").asText().equals("RESULT")) {
            throw new AssertionError("The last line is no RESULT.\n" + this);
        }
        return events.get(events.size() - 1);
    }

    long count(String type) {
        return events().stream()
                .filter(e -> e.path("type").asText().equals(type))
                .count();
    }

    String errorText() {
        return String.join("\n", err);
    }

    /** Sends it a signal by its name, such as HUP; fails where this very process was started with that signal ignored. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "stdout:\n" + String.join("\n", out) + "\nstderr:\n" + errorText();
    }
}
