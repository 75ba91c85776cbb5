package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The process of a virtual board. Its standard input is ours: when this process dies, however it dies, the board ends too.
 * Tested by VirtualPlaceIT.
 */
final class VirtualDevice implements ReadyPlace {
    private static final String FLASH = "flash";
    private static final String NO_MORE = "";
    private static final long END_SECONDS = 5;

    private final Process process;
    private final Path directory;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private Bay bay;

    private VirtualDevice(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        Thread reader = new Thread(this::read, "fota-rig-device-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static VirtualDevice start(VirtualPlace place, Bays bays, Path directory, Duration limit) throws FotaException {
        Path port = directory.resolve("port");
        List<String> command = new ArrayList<>(
                List.of(place.program().toString(), "sim", "device", "--control", "--swap-time", "short"));
        command.addAll(List.of("--unit-id", place.name(), "--link", port.toString()));
        command.addAll(List.of("--flash", directory.resolve(FLASH).toString()));
        command.addAll(place.options());
        VirtualDevice device = new VirtualDevice(start(command, log(directory)), directory);
        try {
            device.require("READY", "start", limit);
            device.bay = bays.bay(new BayConfig(Optional.of(port.toString()), Optional.empty()));
            return device;
        } catch (FotaException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    private static Path log(Path directory) {
        return directory.resolve("device.log");
    }

    private static Process start(List<String> command, Path log) throws FotaException {
        try {
            return new ProcessBuilder(command).redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new FotaException(
                    Reason.CONFIGURATION, "No virtual board can be started: " + e.getMessage() + ".", e);
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            // The process is ended in the middle of a line: nobody waits for the rest.
            return;
        } finally {
            answers.add(NO_MORE);
        }
    }

    /** Waits for the next answer, which must be of this type. */
    private void require(String type, String command, Duration limit) throws FotaException {
        try {
            String answer = answers.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (answer == null || !answer.contains("\"type\":\"" + type + "\"")) {
                String what = answer == null ? "nothing within " + TimeBudget.seconds(limit) : answer;
                throw new FotaException(
                        Reason.CONFIGURATION,
                        "The virtual board does not " + command + ": " + (NO_MORE.equals(what) ? "it has ended" : what)
                                + "; its log " + log(directory) + " ends with: " + endOfLog());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FotaException(Reason.INTERRUPTED, "The test was interrupted.");
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log(directory));
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            return "(" + e.getMessage() + ")";
        }
    }

    private void command(String command, Duration limit) throws FotaException {
        try {
            Writer commands = process.outputWriter(StandardCharsets.UTF_8);
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            // It has ended, which is what the next answer says.
            answers.add(NO_MORE);
        }
        require("DONE", command, limit);
    }

    @Override
    public Bay bay() {
        return bay;
    }

    @Override
    public void powerCycle(Duration limit) throws FotaException {
        command("off", limit);
        command("on", limit);
    }

    @Override
    public void cutLine(boolean cut, Duration limit) throws FotaException {
        command(cut ? "cut" : "join", limit);
    }

    /** The board ends by itself when its standard input does; what does not is killed. */
    @Override
    public void close() {
        if (bay != null) {
            bay.close();
        }
        List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
        tree.add(process.toHandle());
        try {
            process.getOutputStream().close();
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // It has gone already.
            tree.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ProcessTree.end(tree);
        deleteFlash();
    }

    /** A flash is 1 MiB, and of no use to anybody without the board. */
    private void deleteFlash() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "{" + FLASH + "*,port*}")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
