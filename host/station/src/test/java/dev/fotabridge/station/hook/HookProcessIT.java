package dev.fotabridge.station.hook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks as real processes, and what they do wrong. */
@Tag("real")
@Timeout(60)
final class HookProcessIT {
    /** Longer than any pipe of Linux holds. */
    private static final String JSON = "{\"seq\":1,\"evidence\":\"" + "é".repeat(1 << 20) + "\"}\n";

    /** Enough for a script to begin, also on a busy machine. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private Path records;

    @BeforeEach
    void make() throws Exception {
        records = Files.createDirectory(directory.resolve("hooks"));
    }

    private Path script(String... lines) throws Exception {
        List<String> all = new ArrayList<>(List.of("#!/bin/sh"));
        all.addAll(List.of(lines));
        Path script = Files.write(directory.resolve("script"), all);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private Optional<String> run(Duration limit, Path script, String... arguments) {
        List<String> words = new ArrayList<>(List.of(script.toString()));
        words.addAll(List.of(arguments));
        return new HookProcess(records, limit, stopped::get).run(new HookJob(1, words, JSON));
    }

    private Optional<String> run(Path script, String... arguments) {
        return run(HookProcess.LIMIT, script, arguments);
    }

    private String out(String name) throws Exception {
        return Files.readString(directory.resolve(name));
    }

    @Test
    void aHookGetsTheRecordItsArgumentsAndNothingElse() throws Exception {
        Path script = script(
                "cd '" + directory + "'",
                "cat > record",
                "printf '%s|' \"$@\" > arguments",
                "tr '\\0' '\\n' < /proc/$$/environ > environment");
        assertEquals(Optional.empty(), run(script, "--small", "two words", "$HOME;*"));
        assertEquals(JSON, out("record"));
        assertEquals("--small|two words|$HOME;*|", out("arguments"));
        List<String> environment = out("environment").lines().sorted().collect(Collectors.toList());
        assertTrue(environment.remove(0).startsWith(HookTree.VARIABLE + "="), environment::toString);
        assertEquals(
                HookProcess.ENVIRONMENT.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .toList(),
                environment);
        try (Stream<Path> left = Files.list(records)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aFailureIsToldWithTheLastLine() throws Exception {
        Path script = script("echo first", "echo 'no \u001b[31mprinter' >&2", "exit 3");
        assertEquals(Optional.of("The hook " + script + " failed with exit code 3: no ?[31mprinter"), run(script));
        assertEquals(Optional.of("The hook " + script + " failed with exit code 1."), run(script("exit 1")));
        String line = run(script("printf 'x%.0s' $(seq 1000); exit 1")).orElseThrow();
        assertTrue(
                line.endsWith("x…") && line.length() < 300 + script.toString().length(), line);
    }

    @Test
    void whatAHookPrintsIsNoFailure() throws Exception {
        assertEquals(Optional.empty(), run(script("echo printed", "exit 0")));
    }

    /** The hook, its child, and grandchildren whose parents have gone, one of them in a session of its own. */
    @Test
    void aHookThatHangsIsEndedWithAllThatItHasStarted() throws Exception {
        Path script = script(
                "cd '" + directory + "'",
                "sleep 1000 & echo $! > child",
                "(sh -c 'sleep 1000 & echo $! > orphan' &)",
                "(setsid sh -c 'sleep 1000 & echo $! > daemon; wait' > /dev/null &)",
                "while [ ! -s daemon ]; do sleep 0.01; done",
                "echo $$ > hook",
                "echo waiting for the lamp",
                "sleep 1000");
        assertEquals(
                Optional.of("The hook " + script + " did not end within 3 s, and was ended: waiting for the lamp"),
                run(SHORT, script));
        assertGone("hook", "child", "orphan", "daemon");
    }

    private void assertGone(String... files) throws Exception {
        for (String file : files) {
            long pid = Long.parseLong(out(file).strip());
            await(file + " " + pid).atMost(5, TimeUnit.SECONDS).until(() -> !isAlive(pid));
        }
    }

    /** A zombie that nobody has waited for yet is not alive. */
    private static boolean isAlive(long pid) throws Exception {
        Path stat = Path.of("/proc/" + pid + "/stat");
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
    }

    @Test
    void whatAHookLeavesInTheBackgroundEndsWithIt() throws Exception {
        Path script = script("cd '" + directory + "'", "sleep 1000 & echo $! > child", "exit 0");
        assertEquals(Optional.empty(), run(script));
        assertGone("child");
    }

    @Test
    void whatPrintsOnInTheBackgroundHoldsNobodyUp() throws Exception {
        Path script = script(
                "cd '" + directory + "'",
                "(while [ ! -s child ]; do sleep 0.01; done; exec yes) & echo $! > child",
                "sleep 0.2",
                "exit 0");
        run(script);
        assertGone("child");
    }

    @Test
    void aHookThatNeverReadsIsNotWaitedFor() throws Exception {
        assertEquals(Optional.empty(), run(script("exit 0")));
        assertTrue(run(SHORT, script("exec sleep 1000")).orElseThrow().contains("did not end within 3 s"));
    }

    @Test
    void aHookThatPrintsForEverIsEnded() throws Exception {
        Path script = script("echo $$ > '" + directory.resolve("hook") + "'", "exec yes endless");
        assertEquals(
                Optional.of("The hook " + script + " was ended, since it printed more than 64 KiB: endless"),
                run(script));
        assertGone("hook");
    }

    @Test
    void whatCannotBeStartedIsTold() throws Exception {
        Path script = script("exit 0");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(run(script).orElseThrow().endsWith("may start. It was not started."));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertTrue(run(script).orElseThrow().endsWith("can be written by others than its owner. It was not started."));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(script, "#!/no/such/interpreter\n");
        assertTrue(run(script).orElseThrow().startsWith("The hook " + script + " "), "no interpreter");
        Files.delete(records);
        assertTrue(run(script).orElseThrow().contains("was not started: "), "no place for the record");
    }

    @Test
    void aHookIsEndedWhenTheStationEnds() throws Exception {
        Path script = script("echo $$ > '" + directory.resolve("hook") + "'", "exec sleep 1000");
        CompletableFuture<Optional<String>> end = CompletableFuture.supplyAsync(() -> run(script));
        await().atMost(10, TimeUnit.SECONDS)
                .until(() ->
                        Files.exists(directory.resolve("hook")) && !out("hook").isBlank());
        assertFalse(end.isDone());
        stopped.set(true);
        assertTrue(end.get().orElseThrow().contains("since the station ends"));
        assertGone("hook");
    }
}
