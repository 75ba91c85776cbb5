package dev.fotabridge.host.link.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nobody else on this computer may choose the native code that we run; it leaves no file and no signal changed. */
@EnabledOnOs(OS.LINUX)
@Tag("real")
final class NativeLibraryIT {
    @TempDir
    Path directory;

    private Path temporary;
    private Path home;

    /** In a process of its own, since another test may have had the library loaded. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] args) throws IOException {
            List<String> before = state();
            try {
                NativeLibrary.require();
            } catch (LinkageError e) {
                System.out.println("refused " + e.getMessage());
            }
            if (!before.equals(state())) {
                throw new AssertionError("it was " + before + ", now it is " + state());
            }
            Files.readAllLines(Path.of("/proc/self/maps")).stream()
                    .filter(line -> line.contains("libjSerialComm"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .forEach(System.out::println);
        }

        /** What must be as it was: two properties of the process, and which signals it ignores. */
        private static List<String> state() throws IOException {
            List<String> state = new ArrayList<>();
            state.add(System.getProperty("java.io.tmpdir"));
            state.add(System.getProperty("user.home"));
            Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("SigIgn"))
                    .forEach(state::add);
            return state;
        }
    }

    @BeforeEach
    void makePlaces() throws IOException {
        temporary = Files.createDirectory(directory.toRealPath().resolve("tmp"));
        home = Files.createDirectory(directory.toRealPath().resolve("home"));
        Files.createDirectory(home.resolve(".cache"));
    }

    private String probe(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-Duser.home=" + home));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Probe.class.getName()));
        ProcessBuilder probe = new ProcessBuilder(command);
        probe.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        probe.environment().put("HOME", home.toString());
        Process process = probe.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static byte[] original(String processor) throws IOException {
        String name = "/Linux/" + processor + "/libjSerialComm.so";
        try (InputStream in = com.fazecast.jSerialComm.SerialPort.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] library) {
        return new String(library, StandardCharsets.ISO_8859_1);
    }

    private static void open(Path place) throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static List<Path> below(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void assertLoadedFrom(Path place, String maps) {
        assertTrue(maps.startsWith(place + "/fota-bridge-native"), maps);
        assertTrue(maps.endsWith(" (deleted)"), maps);
        assertFalse(maps.contains("\n"), maps);
    }

    @Test
    void theLibraryIsLoadedFromADirectoryThatIsGoneAfterwards() throws Exception {
        assertLoadedFrom(temporary, probe());
        assertEquals(List.of(), below(directory));
    }

    @Test
    void aPlaceThatOthersCanWriteIsNotUsed() throws Exception {
        open(temporary);
        assertLoadedFrom(home.resolve(".cache"), probe());
        assertEquals(List.of(), below(directory));
    }

    @Test
    void aHomeWithoutACacheIsAPlaceToo() throws Exception {
        open(temporary);
        Files.delete(home.resolve(".cache"));
        assertLoadedFrom(home, probe());
        assertEquals(List.of(), below(directory));
    }

    @Test
    void aPlaceBelowADirectoryThatOthersCanWriteIsNotUsed() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("link"), Files.createDirectory(temporary.resolve("below")));
        open(temporary);
        assertLoadedFrom(home.resolve(".cache"), probe("-Djava.io.tmpdir=" + link));
    }

    @Test
    void whatAnotherProgramLeftInTheHomeIsNotLoaded() throws Exception {
        Path left = home.resolve(".jSerialComm/2.11.4/Linux/x86_64/libjSerialComm.so");
        Files.createDirectories(left.getParent());
        Files.write(left, original("x86_64"));
        open(home.resolve(".jSerialComm"));
        assertLoadedFrom(temporary, probe());
    }

    @Test
    void withoutAPrivatePlaceItSaysWhatIsWrongWithEach() throws Exception {
        open(temporary);
        open(home);
        String said = probe();
        assertTrue(said.startsWith("refused "), said);
        assertTrue(said.contains("other users can change " + temporary), said);
        assertTrue(said.contains("in " + home + ": other users can change " + home), said);
        assertFalse(said.contains("\n"), said);
    }

    @Test
    void aChosenDirectoryThatOthersCanWriteIsRefused() throws Exception {
        Path chosen = Files.createDirectory(directory.resolve("chosen"));
        Files.write(chosen.resolve("libjSerialComm.so"), original("x86_64"));
        open(chosen);
        String said = probe("-DjSerialComm.library.path=" + chosen);
        assertTrue(said.startsWith("refused "), said);
        assertTrue(said.contains("other users can change " + chosen.toRealPath()), said);
    }

    @Test
    void everyLinuxLibraryOfTheJarLeavesTheSignalsAlone() throws Exception {
        for (String processor :
                List.of("armv5", "armv6hf", "armv7hf", "armv8_32", "armv8_64", "ppc64le", "x86", "x86_64")) {
            byte[] original = original(processor);
            byte[] copy = LibraryCopy.leavingSignalsAlone(original);
            assertEquals(original.length, copy.length);
            assertTrue(text(original).contains("\0sigaction\0"), processor);
            assertFalse(text(copy).contains("sigaction"), processor);
            assertTrue(text(copy).contains("\0getppid\0"), processor);
            assertArrayEquals(copy, LibraryCopy.leavingSignalsAlone(copy));
        }
    }
}
