package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.image.ModemDelta;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StationCommandTest {
    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        out.reset();
        err.reset();
        environment.put("HOME", directory.toString());
        return Main.run(
                arguments,
                environment,
                new Streams(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String station(String more) throws Exception {
        return write("station.yaml", "station: a\nrelease: r\nbays: [{bay: 1, port: /dev/nothing}]\n" + more);
    }

    @Test
    void aReleaseIsCreatedAndVerified() throws Exception {
        BuiltImage image = new ImageBuilder().size(40_000).version("2.0.0").build();
        String file = image.writeTo(directory.resolve("app.bin")).toString();
        String folder = directory.resolve("releases/2.0.0").toString();

        assertEquals(0, run("station", "release", "create", "--image", file, "--name", "2.0.0", folder), this::err);
        assertTrue(out().contains("fileSha256  " + image.fileSha256()), this::out);
        assertEquals(0, run("station", "release", "verify", "--json", folder), this::err);
        List<String> lines = out().lines().toList();
        JsonNode release = new ObjectMapper().readTree(lines.get(0));
        assertEquals("RELEASE", release.get("type").asText());
        assertEquals(image.fileSha256(), release.get("fileSha256").asText());
        assertTrue(release.get("board").isNull());
        assertEquals(
                "RESULT", new ObjectMapper().readTree(lines.get(1)).get("type").asText());

        Files.write(directory.resolve("releases/2.0.0/image.bin"), new byte[100]);
        assertEquals(8, run("station", "release", "verify", folder), this::err);
    }

    @Test
    void whatCanNeverPassIsRefusedWithItsCode() throws Exception {
        Path delta = Files.write(
                directory.resolve("mfw.bin"),
                ModemDelta.between("1.3.5", "1.3.6").build());
        String folder = directory.resolve("r").toString();
        assertEquals(8, run("station", "release", "create", "--image", delta.toString(), "--name", "m", folder));
        assertTrue(err().contains("modem delta"), this::err);
        String bare = new ImageBuilder()
                .size(40_000)
                .marker(false)
                .build()
                .writeTo(directory.resolve("b.bin"))
                .toString();
        assertEquals(8, run("station", "release", "create", "--image", bare, "--name", "m", folder));
        assertTrue(err().contains("NO_MARKER"), this::err);
        assertEquals(3, run("station", "release", "create", "--image", bare, "--name", "a b", folder));
        assertEquals(3, run("station", "release", "verify", folder));
    }

    /** Picocli looks at each command at every start, and the JVM loads what its members name: --version would get slower. */
    @Test
    void noCommandLoadsTheStationAtEveryStart() {
        List<String> loaded = HelpTest.all().stream()
                .map(line -> line.getCommand().getClass())
                .flatMap(command -> Stream.concat(
                        Stream.of(command.getDeclaredFields()).map(Field::getType),
                        Stream.of(command.getDeclaredMethods())
                                .flatMap(method -> Stream.concat(
                                        Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes())))))
                .map(Class::getName)
                .filter(name -> name.startsWith("dev.fotabridge.station."))
                .toList();
        assertEquals(List.of(), loaded);
    }

    /** Its keys are no options: the file of options is another one. */
    @Test
    void configIsTheStationsOwnFile() throws Exception {
        String file = station("");
        assertEquals(3, run("station", "check", "--config", file, "--no-board"));
        assertTrue(out().contains("The release " + directory.resolve("r") + " does not exist."), this::out);
        assertEquals(3, run("station", "check", "--config=" + file));
        assertTrue(out().contains("does not exist"), this::out);
    }

    @Test
    void theFileIsNeverTakenFromTheEnvironment() throws Exception {
        environment.put("FOTA_BRIDGE_CONFIG", write("options.yaml", "json: true\n"));
        assertEquals(2, run("station", "check"));
        assertTrue(err().contains("--config"), this::err);
        assertEquals(3, run("station", "check", "--config", station(""), "--no-board"));
        assertTrue(out().contains("\"type\":\"RESULT\""), "the options of the environment's file count: " + out());
    }

    @Test
    void elsewhereConfigHasDefaultsOfOptions() throws Exception {
        String file = station("");
        assertEquals(3, run("station", "release", "verify", "--config", file, "x"));
        assertTrue(err().contains("is no option"), this::err);
        assertTrue(StationCommand.takesFile(new String[] {"config", "show", "station", "learn", "--config", "x"}));
        assertFalse(StationCommand.takesFile(new String[] {"station"}));
        assertEquals(0, run("config", "show", "station", "check", "--config", file), this::err);
        assertTrue(out().contains("station.yaml"), this::out);
    }

    @Test
    void whatIsWrongInTheFileIsTheFirstLine() throws Exception {
        assertEquals(3, run("station", "check", "--config", station("attempts: many\n")));
        assertTrue(out().lines().findFirst().orElseThrow().contains("'attempts' in line 4 is 'many'"), this::out);
        assertEquals(
                3,
                run(
                        "station",
                        "check",
                        "--config",
                        directory.resolve("none.yaml").toString()));
        assertTrue(out().contains("none.yaml does not exist"), this::out);
    }

    @Test
    void hooksAreLookedAtAsTheStationDoes() throws Exception {
        run("station", "check", "--config", station("hooks: [/bin/sh]\n"), "--no-board");
        assertTrue(out().contains("The hook can be started."), this::out);
        run("station", "check", "--config", station("hooks: [[" + directory.resolve("no") + ", -x]]\n"), "--no-board");
        assertTrue(out().contains("The hook " + directory.resolve("no") + " does not exist."), this::out);
    }

    @Test
    void learnTakesNumbersThatCanBe() throws Exception {
        assertEquals(3, run("station", "learn", "--config", station(""), "--bays", "0"));
        assertTrue(err().contains("--bays and --first must be at least 1"), this::err);
    }
}
