package dev.fotabridge.station.hook;

import dev.fotabridge.host.api.FotaException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Starts hooks. Nothing that a hook does holds its caller up: it reads its record from a file, its output is looked at and never waited for, and
 * it is ended with all that it has started when its time is over. Thread-safe.
 */
final class HookProcess {
    /** How long a hook may take. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    /** Bytes. A hook that prints more is not what it was meant to be. */
    static final int MOST_OUTPUT = 64 << 10;

    /** All that a hook has of an environment, beside {@link HookTree#VARIABLE}. */
    static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8");

    private static final long LOOK_MILLIS = 50;
    private static final int LONGEST_LINE = 200;

    private final Path directory;
    private final Duration limit;
    private final BooleanSupplier isStopped;

    /**
     * @param directory for the records that hooks read; it is there
     * @param limit how long a hook may take
     * @param isStopped whether a hook at work is to be ended
     */
    HookProcess(Path directory, Duration limit, BooleanSupplier isStopped) {
        this.directory = directory;
        this.limit = limit;
        this.isStopped = isStopped;
    }

    /**
     * Starts a hook; blocks until it has ended, or was ended.
     *
     * @return empty if its exit code was 0; else a sentence about what went wrong
     */
    Optional<String> run(HookJob job) {
        Path record = null;
        try {
            record = Files.createTempFile(directory, "record-", ".json");
            Files.writeString(record, job.json());
            HookTree tree = new HookTree();
            return watched(tree, start(tree, job.words(), record)).map(what -> "The hook " + job.name() + " " + what);
        } catch (FotaException e) {
            return Optional.of(e.getMessage() + " It was not started.");
        } catch (IOException e) {
            return Optional.of("The hook " + job.name() + " was not started: " + e.getMessage() + ".");
        } finally {
            delete(record);
        }
    }

    private static Process start(HookTree tree, List<String> words, Path record) throws FotaException, IOException {
        List<String> checked = new ArrayList<>(words);
        checked.set(0, HookFile.checked(Path.of(words.get(0))).toString());
        ProcessBuilder builder = tree.builder(checked)
                .directory(new File("/"))
                .redirectInput(record.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(ENVIRONMENT);
        return builder.start();
    }

    private Optional<String> watched(HookTree tree, Process process) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            Optional<String> why = awaitEnd(tree, process, output);
            String said = lastLine(output);
            return why.map(what -> said.isEmpty() ? what + "." : what + ": " + said);
        } finally {
            // Also after a good end: what it has left in the background would add up.
            tree.end(process);
            process.getInputStream().close();
        }
    }

    private Optional<String> awaitEnd(HookTree tree, Process process, ByteArrayOutputStream output) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (!hasEnded(process)) {
            read(process.getInputStream(), output);
            if (output.size() >= MOST_OUTPUT) {
                return Optional.of("was ended, since it printed more than " + (MOST_OUTPUT >> 10) + " KiB");
            } else if (isStopped.getAsBoolean()) {
                return Optional.of("was ended, since the station ends");
            } else if (System.nanoTime() - end >= 0) {
                return Optional.of("did not end within " + limit.toSeconds() + " s, and was ended");
            }
        }
        // Before the rest is read: the library itself reads it, for as long as somebody in the background prints.
        tree.end(process);
        read(process.getInputStream(), output);
        return process.exitValue() == 0
                ? Optional.empty()
                : Optional.of("failed with exit code " + process.exitValue());
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread: isStopped ends the hook.
            return false;
        }
    }

    /** Reads what is there, up to the most. */
    private static void read(InputStream from, ByteArrayOutputStream output) throws IOException {
        int available = Math.min(from.available(), MOST_OUTPUT - output.size());
        while (available > 0) {
            output.write(from.readNBytes(available));
            available = Math.min(from.available(), MOST_OUTPUT - output.size());
        }
    }

    private static String lastLine(ByteArrayOutputStream output) {
        List<String> lines = output.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
        String cut = last.length() > LONGEST_LINE ? last.substring(0, LONGEST_LINE) + "…" : last;
        return cut.replaceAll("\\p{C}", "?");
    }

    private static void delete(Path record) {
        try {
            if (record != null) {
                Files.deleteIfExists(record);
            }
        } catch (IOException e) {
            // The next start of the station removes it.
            return;
        }
    }
}
