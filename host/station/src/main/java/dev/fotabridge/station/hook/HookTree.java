package dev.fotabridge.station.hook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A hook and all that it has started. They are known by a variable of their environment, which every process has from the one that started
 * it: of what is left in the background the parents are gone. Where there is no {@code /proc}, what is still below the hook. For one start.
 * Tested by HookProcessIT.
 */
final class HookTree {
    /** Name of the variable; its value is another one for each start. */
    static final String VARIABLE = "FOTA_BRIDGE_HOOK";

    private static final Path PROC = Path.of("/proc");
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** What starts processes while it is ended is met again. A fork bomb is more than this can end. */
    private static final int ROUNDS = 20;

    private final String name = UUID.randomUUID().toString();

    /** Returns what starts a program: in a session of its own, so that a Ctrl-C for the station is none for its hooks. */
    ProcessBuilder builder(List<String> words) {
        List<String> command = new ArrayList<>(words);
        if (Files.isExecutable(SETSID)) {
            // It becomes the program, under the same process id.
            command.add(0, SETSID.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put(VARIABLE, name);
        return builder;
    }

    /**
     * Kills the hook and all that it has started; returns at once. By handles: Process's own method would close the output, which waits for
     * what somebody in the background still prints.
     */
    void end(Process hook) {
        List<ProcessHandle> below = hook.descendants().toList();
        hook.toHandle().destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        List<ProcessHandle> left = members();
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            left.forEach(ProcessHandle::destroyForcibly);
            left = members();
        }
    }

    private List<ProcessHandle> members() {
        List<ProcessHandle> members = new ArrayList<>();
        if (!Files.isDirectory(PROC)) {
            return members;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (isMember(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(members::add);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return members;
    }

    private boolean isMember(Path process) {
        try {
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                    .contains(VARIABLE + "=" + name);
        } catch (IOException e) {
            // It has ended meanwhile, or belongs to another user.
            return false;
        }
    }
}
