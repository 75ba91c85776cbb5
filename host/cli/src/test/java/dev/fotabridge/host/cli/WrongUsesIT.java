package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fotabridge.fixtures.cloud.CloudOptions;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.SignatureKind;
import dev.fotabridge.fixtures.image.SigningKey;
import dev.fotabridge.host.cli.WrongUse.Need;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What people do wrong, by the jar and as people do it: the first line of the error names the true cause, the next one what to try and
 * the exit code, and nobody sees the inside of the program. The uses run beside each other, as many at once as there are processors.
 */
@Tag("real")
@Timeout(300)
final class WrongUsesIT {
    private static final int LIMIT_SECONDS = 60;
    private static final Path JAR = Path.of("target", "host-cli.jar").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** What only those see who look into the program. */
    private static final List<String> INSIDE = List.of(
            "\tat ", "Exception", "dev.fotabridge", "java.lang", "java.io", "java.nio", "picocli", "NoSuchFile");

    /** As the launcher starts it, but with the language of its user. */
    private static final String PROGRAM = """
            #!/bin/sh
            exec "$JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xshare:auto \\
                -Djava.library.path= -Djava.io.tmpdir="$TMP" -jar "$JAR" "$@"
            """;

    /** A computer with no board, or with two; its sysfs is made of files. */
    private static final String WITH_BOARDS = """
            set -e
            boards=$1
            shift
            mount -t tmpfs none /sys
            mkdir -p /sys/class/tty
            for n in 0 1; do
                [ $n -lt $boards ] || continue
                mkdir -p /sys/class/tty/ttyACM$n /sys/usb$n/if0
                ln -s /sys/usb$n/if0 /sys/class/tty/ttyACM$n/device
                echo 00 >/sys/usb$n/if0/bInterfaceNumber
                echo 1366 >/sys/usb$n/idVendor
                echo 96000000$n >/sys/usb$n/serial
            done
            exec "$@"
            """;

    private static final String ON_A_FULL_DISK = """
            set -e
            mount -t tmpfs -o size=64k none full
            head -c 1000000 /dev/zero >full/fill 2>/dev/null || true
            exec "$@"
            """;

    /** Its root directory is no mount point, so the table of mounts does not name the file system of its files. */
    private static final String IN_A_CHROOT = """
            set -e
            for path in /bin /sbin /lib /lib64 /usr /etc; do
                [ ! -e $path ] || { mkdir -p root$path && mount --rbind "$(readlink -f $path)" root$path; }
            done
            for path in /dev /proc "$(dirname "$JAVA")/.." "$(dirname "$JAR")"; do
                mkdir -p "root$path" && mount --rbind "$path" "root$path"
            done
            mkdir -p root/here "root$TMP"
            cp app.bin fota-bridge root/here
            exec chroot root sh -c 'cd /here && PATH=/here:$PATH && exec fota-bridge "$@"' sh "$@"
            """;

    /** Hands the end of the terminal on to the program, as a shell does, and notes with which exit code it ended. */
    private static final String SHELL = """
            trap 'kill -HUP $p' HUP
            fota-bridge flash app.bin --port "$PORT" --timeout 60s &
            p=$!
            while kill -0 $p 2>/dev/null; do
                wait $p
                code=$?
            done
            echo $code >code.new
            mv code.new code
            """;

    @TempDir
    static Path directory;

    /** Two uses of one thing or one port would exclude each other. */
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static final Set<Need> MET = EnumSet.noneOf(Need.class);
    private static final Map<WrongUse, Future<Answer>> ANSWERS = new LinkedHashMap<>();
    private static final ExecutorService WORKERS =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    private record Answer(int exit, String out, String err) {
        String line(String start) {
            return err.lines()
                    .filter(line -> line.startsWith(start))
                    .findFirst()
                    .orElse("");
        }
    }

    @BeforeAll
    static void startAll() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        // Java knows no sticky bit.
        run(List.of("chmod", "1777", temporary.toString()), directory, Map.of(), false);
        Files.createDirectories(directory.resolve("locales"));
        writePrograms();
        writeFiles();
        for (Need need : Need.values()) {
            if (run(List.of("sh", "-c", need.probe), directory, Map.of(), false).exit() == 0) {
                MET.add(need);
            } else {
                System.err.println("WrongUsesIT leaves out what needs " + need + ": " + need.why);
            }
        }
        for (WrongUse use : WrongUse.all()) {
            if (MET.containsAll(use.needs())) {
                Callable<Answer> work = () -> answer(use);
                ANSWERS.put(use, WORKERS.submit(work));
            }
        }
    }

    @AfterAll
    static void endAll() {
        WORKERS.shutdownNow();
    }

    private static void writePrograms() throws IOException {
        Map<String, String> programs = Map.of(
                "fota-bridge", PROGRAM,
                "with-boards", WITH_BOARDS,
                "on-a-full-disk", ON_A_FULL_DISK,
                "in-a-chroot", IN_A_CHROOT,
                "shell", SHELL);
        for (Map.Entry<String, String> program : programs.entrySet()) {
            Path file = Files.writeString(directory.resolve(program.getKey()), program.getValue());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void writeFiles() throws Exception {
        Files.createDirectory(directory.resolve("dir"));
        Files.createDirectory(directory.resolve("full"));
        byte[] app = World.image().size(40_000).build().bytes();
        write("app.bin", app);
        write("half.bin", Arrays.copyOf(app, 20_000));
        write("empty.bin", new byte[0]);
        Files.setPosixFilePermissions(write("closed.bin", app), PosixFilePermissions.fromString("rw-------"));
        text("long.hex", ":020000040000FA\n" + ":10000000AABBCCDDAABBCCDDAABBCCDDAABBCCDD00\n".repeat(3_000));
        text("line.hex", ":00000001FF");
        text("crlf.hex", ":020000040000FA\r\n:00000001FF\r\n");
        text("comment.hex", "\u00ef\u00bb\u00bf; made by a tool\r\n:020000040000FA\r\n:00000001FF\r\n");
        text("cut.hex", ":02000004000");
        text("app.elf", "\u007fELF\u0001\u0001\u0001" + "\0".repeat(200));
        text("app.zip", "PK\u0003\u0004" + "\0".repeat(200));
        // A stack in the RAM, a reset vector in the flash.
        text("unsigned.bin", "\0\u0080\0\u0020\u0001\u0002\0\0" + "x".repeat(200));
        SigningKey signer = SigningKey.generate(SignatureKind.ECDSA_P256);
        write("signed.bin", World.image().size(40_000).key(signer).build().bytes());
        SigningKey other = SigningKey.generate(SignatureKind.ECDSA_P256);
        other.writeTo(directory.resolve("other.key"), directory.resolve("other.pub"));
        text("ed25519.pub", SigningKey.generate(SignatureKind.ED25519).publicPem());
        try (LocalCloud cloud = LocalCloud.start(CloudOptions.in(directory.resolve("cloud"), World.THING))) {
            Files.createSymbolicLink(
                    directory.resolve("certs"), cloud.directory().certificate().getParent());
        }
    }

    private static Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    /** Each letter is a byte. */
    private static void text(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Answer answer(WrongUse use) throws Exception {
        List<String> command = List.of("sh", "-c", use.command());
        if (!use.needsBoard()) {
            return run(command, directory, Map.of(), false);
        }
        try (VirtualDk board = board()) {
            return run(command, directory, placeOf(board), false);
        }
    }

    private static Map<String, String> placeOf(VirtualDk board) {
        return Map.of("PORT", board.link().toString(), "PTY", board.pty().toString());
    }

    private static VirtualDk board() throws IOException {
        return VirtualDk.start(VirtualDkOptions.in(Files.createTempDirectory(directory, "board"))
                .withoutTiming()
                .with("--swap-time", "short"));
    }

    private static Answer run(List<String> command, Path place, Map<String, String> more, boolean readerIsGone)
            throws IOException, InterruptedException {
        Path err = Files.createTempFile(directory, "err", "");
        Process process = start(command, place, more, err);
        String out = "";
        try (InputStream said = process.getInputStream()) {
            process.getOutputStream().close();
            if (!readerIsGone) {
                out = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + Files.readString(err));
        }
        return new Answer(process.exitValue(), out, Files.readString(err));
    }

    private static Process start(List<String> command, Path place, Map<String, String> more, Path err)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(place.toFile()).redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("XDG_")
                        || name.startsWith("FOTA_BRIDGE_")
                        || name.startsWith("JAVA_TOOL")
                        || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        environment.putAll(machine());
        environment.putAll(words());
        environment.putAll(more);
        return builder.start();
    }

    private static Map<String, String> machine() {
        return Map.of(
                "PATH", directory + ":" + System.getenv("PATH") + ":/usr/sbin:/sbin",
                "HOME", directory.toString(),
                "TMP", directory.resolve("tmp").toString(),
                "LOCPATH", directory.resolve("locales").toString(),
                "JAVA", JAVA.toString(),
                "JAR", JAR.toString());
    }

    /** What the table's lines have in common. */
    private static Map<String, String> words() {
        int number = NUMBERS.incrementAndGet();
        return Map.of(
                "AGENT", "fota-bridge agent --once --thing dk-" + number + " --ca certs/AmazonRootCA1.pem",
                "CERT", "--cert certs/device-certificate.pem.crt",
                "KEY", "--key certs/device-private.pem.key",
                "NOWHERE", "none-" + number,
                "AS_NOBODY", "setpriv --reuid=65534 --regid=65534 --clear-groups");
    }

    static Stream<WrongUse> uses() throws IOException {
        return WrongUse.all().stream();
    }

    @ParameterizedTest
    @MethodSource("uses")
    void isAnsweredByItsTrueCause(WrongUse use) throws Exception {
        List<Need> missing = new ArrayList<>(use.needs());
        missing.removeAll(MET);
        assumeTrue(missing.isEmpty(), () -> "needs " + missing);
        Answer answer = ANSWERS.get(use).get();
        assertEquals(use.exit(), answer.exit(), answer::toString);
        String first = answer.line("Error: ");
        assertTrue(first.contains(use.cause()), answer::toString);
        String second = answer.line("  Try: ");
        assertTrue(second.contains(use.whatToTry()), answer::toString);
        if (use.exit() == 0 || use.cause().isEmpty()) {
            assertEquals("", first);
        } else {
            assertTrue(second.endsWith("exit code " + use.exit() + ")"), answer::toString);
        }
        showsNothingOfTheInside(answer);
    }

    private static void showsNothingOfTheInside(Answer answer) {
        for (String word : INSIDE) {
            assertFalse((answer.out() + answer.err()).contains(word), () -> word + " in " + answer);
        }
    }

    /** As {@code head} does. Of JSON lines the RESULT is lost. */
    @ParameterizedTest
    @ValueSource(
            strings = {"0 image inspect app.bin", "16 image inspect --json app.bin", "0 --help", "0 config show flash"})
    void aReaderThatGoesAwayIsNoReasonToComplain(String use) throws Exception {
        String[] words = use.split(" ", 2);
        Answer answer = run(List.of("sh", "-c", "exec fota-bridge " + words[1]), directory, Map.of(), true);
        assertEquals(Integer.parseInt(words[0]), answer.exit(), answer::toString);
        assertEquals(words[0].equals("0"), answer.err().isEmpty(), answer::toString);
        showsNothingOfTheInside(answer);
    }

    @Test
    void aPortThatAnotherProcessHoldsIsNamedWithIt() throws Exception {
        try (VirtualDk board = board()) {
            board.freeze();
            Path said = Files.createFile(directory.resolve("holder"));
            Process holder = start(flash("exec "), directory, placeOf(board), said);
            awaitWords(said, "Looking for the board");
            Answer answer = run(flash(""), directory, placeOf(board), false);
            holder.destroy();
            assertEquals(5, answer.exit(), answer::toString);
            String first = answer.line("Error: ");
            assertTrue(
                    first.endsWith("is in use by another fota-bridge (process " + holder.pid() + ")."),
                    answer::toString);
            assertTrue(answer.line("  Try: ").contains("Close the other program"), answer::toString);
            assertTrue(holder.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
            assertEquals(130, holder.exitValue(), () -> "the holder");
        }
    }

    private static List<String> flash(String before) {
        return List.of("sh", "-c", before + "fota-bridge flash app.bin --port $PORT --timeout 60s");
    }

    private static void awaitWords(Path file, String words) {
        Awaitility.await()
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> Files.exists(file) && Files.readString(file).contains(words));
    }

    @Test
    void aTerminalThatIsClosedEndsTheCommand() throws Exception {
        assumeTrue(MET.contains(Need.TERMINAL), Need.TERMINAL.why);
        try (VirtualDk board = board()) {
            board.freeze();
            Path shown = directory.resolve("typescript");
            // Below nohup a closed terminal would be ignored, as it should.
            List<String> command = List.of(
                    "env",
                    "--default-signal=HUP",
                    "script",
                    "-qfc",
                    "sh " + directory.resolve("shell"),
                    shown.toString());
            Process terminal = start(command, directory, placeOf(board), directory.resolve("terminal"));
            awaitWords(shown, "Looking for the board");
            terminal.destroyForcibly().waitFor();
            Path code = directory.resolve("code");
            Awaitility.await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS).until(() -> Files.exists(code));
            assertEquals("130", Files.readString(code).strip());
        }
    }
}
