package dev.fotabridge.station.hook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process with a session of its own (setsid(2)), and all that it has started. A session outlives the process that began it, so that what
 * was left in the background is found too; the parents of such processes are not known any more. On a system without {@code setsid} or
 * {@code /proc}, what is still below the process. Tested by HookProcessIT.
 */
final class ProcessSession {
    private static final Path PROC = Path.of("/proc");
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** Fields of /proc/PID/stat behind the name (proc(5)). */
    private static final int STATE = 0;

    private static final int SESSION = 3;

    /** What starts processes while it is ended is met again; a few rounds end all but a fork bomb, which the next hook's end meets. */
    private static final int ROUNDS = 20;

    private ProcessSession() {}

    /** Returns the command that starts a program in a session of its own. */
    static List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(words);
        if (Files.isExecutable(SETSID)) {
            // Without an option it becomes the program, under the same process id.
            command.add(0, SETSID.toString());
        }
        return command;
    }

    /**
     * Kills the process and all that it has started; returns at once. By handles: Process's own method would close the output, which waits for
     * what somebody in the background still prints.
     */
    static void end(Process leader) {
        List<ProcessHandle> below = leader.descendants().toList();
        leader.toHandle().destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        List<ProcessHandle> left = members(leader.pid());
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            left.forEach(ProcessHandle::destroyForcibly);
            left = members(leader.pid());
        }
    }

    private static List<ProcessHandle> members(long session) {
        List<ProcessHandle> members = new ArrayList<>();
        if (!Files.isDirectory(PROC)) {
            return members;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (isMember(process, session)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(members::add);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return members;
    }

    private static boolean isMember(Path process, long session) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name in parentheses may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            return fields[SESSION].equals(Long.toString(session)) && !fields[STATE].equals("Z");
        } catch (IOException e) {
            // It has ended meanwhile.
            return false;
        }
    }
}
