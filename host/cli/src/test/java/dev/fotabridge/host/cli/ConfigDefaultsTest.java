package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.proxy.ProxyRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Flag before environment before file before default. */
final class ConfigDefaultsTest {
    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path file;

    @BeforeEach
    void write() throws Exception {
        environment.put("XDG_CONFIG_HOME", directory.resolve("none").toString());
        file = Files.writeString(
                directory.resolve("c.yaml"), "baud: 9600\nthing: from-file\nallow-host: [a, b]\njson: true\n");
    }

    private AgentCommand parse(String... more) throws FotaException {
        Streams streams = new Streams(System.out, System.err);
        CommandLine line = new CommandLine(new Main(), new CommandFactory(streams, environment));
        String[] args = new String[more.length + 7];
        System.arraycopy(new String[] {"agent", "--endpoint", "e", "--cert", "c", "--key", "k"}, 0, args, 0, 7);
        System.arraycopy(more, 0, args, 7, more.length);
        line.setDefaultValueProvider(ConfigDefaults.load(args, environment, ConfigDefaults.options(line)));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return (AgentCommand) line.parseArgs(args).subcommand().commandSpec().userObject();
    }

    @Test
    void aFlagComesFirst() throws Exception {
        environment.put("FOTA_BRIDGE_BAUD", "2000");

        assertEquals(
                3000,
                parse("--config", file.toString(), "--baud", "3000").port.bay().baud());
    }

    /** A ceiling says nothing of where a board starts, unless it lies below. */
    @Test
    void aBoardIsLookedForFirstWhereBoardsStart() throws Exception {
        Files.writeString(file, "{}");

        assertEquals(
                115_200,
                parse("--config", file.toString(), "--thing", "t").port.bay().startBaud());
        assertEquals(
                115_200,
                parse("--config", file.toString(), "--thing", "t", "-b", "460800")
                        .port
                        .bay()
                        .startBaud());
        assertEquals(
                57_600,
                parse("--config", file.toString(), "--thing", "t", "-b", "57600")
                        .port
                        .bay()
                        .startBaud());
        assertEquals(
                9_600,
                parse("--config", file.toString(), "--thing", "t", "-b", "460800", "--start-baud", "9600")
                        .port
                        .bay()
                        .startBaud());
    }

    @Test
    void theEnvironmentComesBeforeTheFile() throws Exception {
        environment.put("FOTA_BRIDGE_BAUD", "2000");

        assertEquals(2000, parse("--config=" + file).port.bay().baud());
    }

    @Test
    void theFileComesBeforeTheDefault() throws Exception {
        AgentCommand command = parse("--config", file.toString());

        assertEquals(9600, command.port.bay().baud());
        assertEquals("from-file", command.connection.thing);
        assertEquals(List.of("a", "b"), command.connection.allowHosts);
        assertTrue(command.common.json);
    }

    @Test
    void theEnvironmentMayNameTheFile() throws Exception {
        environment.put("FOTA_BRIDGE_CONFIG", file.toString());

        assertEquals(9600, parse().port.bay().baud());
    }

    @Test
    void theProxyMayComeFromAnyOfThem() throws Exception {
        Files.writeString(file, "proxy: http://in.file:1\nno-proxy: [a.example, b.example]\nthing: t\n");
        assertEquals("in.file:1", wayTo("c.example", "--config", file.toString()));
        assertEquals("direct", wayTo("b.example", "--config", file.toString()));
        environment.put("FOTA_BRIDGE_PROXY", "in.environment:2");
        environment.put("https_proxy", "of.others:3");
        assertEquals("in.environment:2", wayTo("c.example", "--config", file.toString()));
        assertEquals("in.option:4", wayTo("c.example", "--proxy", "in.option:4", "--thing", "t"));
        assertEquals("direct", wayTo("c.example", "--config", file.toString(), "--no-proxy"));
    }

    private String wayTo(String host, String... more) throws FotaException {
        return ProxyRules.of(parse(more).connection.proxies(Optional.empty(), environment))
                .forTls(host)
                .map(Object::toString)
                .orElse("direct");
    }

    @Test
    void withoutAnythingTheDefaultStands() throws Exception {
        assertEquals(BayConfig.CEILING_BAUD, parse("--thing", "t").port.bay().baud());
    }

    @Test
    void timesHaveUnits() throws Exception {
        assertEquals(
                Duration.ofMinutes(5),
                parse("--thing", "t", "--timeout", "5m").common.timeout.orElseThrow());
        assertEquals(
                Duration.ofSeconds(90),
                parse("--thing", "t", "--timeout", "90").common.timeout.orElseThrow());
    }

    @Test
    void whatIsWrongInTheFileIsNamed() throws Exception {
        for (String wrong : List.of("bawd: 1\n", "baud: {a: 1}\n", "- 1\n", "baud: [\n", "baud:\n")) {
            Files.writeString(file, wrong);
            FotaException refused = assertThrows(FotaException.class, () -> parse("--config", file.toString()), wrong);
            assertEquals(Reason.CONFIGURATION, refused.reason());
            assertTrue(refused.getMessage().contains("c.yaml"), refused.getMessage());
        }
    }

    /** YAML would make the thing 10 of 0012, and the thing true of on: another thing's jobs would be worked off. */
    @ParameterizedTest
    @ValueSource(
            strings = {"0012", "1_000", "0x1F", "0b11", "on", "No", "null", "1e3", "12:30:45", "2026-01-01", ".inf"})
    void aTextIsWhatIsWritten(String text) throws Exception {
        for (String written : List.of(text, "'" + text + "'", "!!str " + text, "&anchor " + text)) {
            Files.writeString(file, "thing: " + written + "\nserial-number: " + text + "\n");
            AgentCommand command = parse("--config", file.toString());
            assertEquals(text, command.connection.thing, written);
            assertEquals(text, command.port.serialNumber.orElseThrow());
        }
        Files.writeString(file, "thing: t\nallow-host: [" + text + ", b]\n");
        assertEquals(List.of(text, "b"), parse("--config", file.toString()).connection.allowHosts);
    }

    @Test
    void aSwitchTakesYamlsWords() throws Exception {
        for (String yes : List.of("true", "yes", "On")) {
            Files.writeString(file, "thing: t\njson: " + yes + "\n");
            assertTrue(parse("--config", file.toString()).common.json, yes);
        }
        Files.writeString(file, "thing: t\njson: off\n");
        assertFalse(parse("--config", file.toString()).common.json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thing: a\\nbaud: 9600\\nthing: b|'thing' stands twice, in lines 1 and 3",
                "baud: &b 9600\\nthing: *b|'thing' in line 2 has an alias (*b)",
                "allow-host: [[a], b]|'allow-host' in line 1 has a list in it",
                "thing: [a, b]|'thing' in line 1 has a list in it",
                "board:\\n  a: 1|'board' in line 2 has a mapping in it",
                "thing:|'thing' in line 1 has no value",
                "<<: {a: 1}|'<<' in line 1 is no option",
                "thing: a\\n---\\nthing: b|line 3 begins a second document",
            })
    void whatCannotBeIsNamedWithItsLine(String text, String sentence) throws Exception {
        Files.writeString(file, text.replace("\\n", "\n"));
        FotaException refused = assertThrows(FotaException.class, () -> parse("--config", file.toString()));
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }

    @Test
    void aFileWithoutAnEndIsNotReadForEver() throws Exception {
        Path zeros = Path.of("/dev/zero");
        Assumptions.assumeTrue(Files.exists(zeros));
        FotaException refused = assertThrows(FotaException.class, () -> parse("--config", zeros.toString()));
        assertTrue(refused.getMessage().contains("is a device"), refused.getMessage());
        Files.write(file, new byte[2 << 20]);
        FotaException large = assertThrows(FotaException.class, () -> parse("--config", file.toString()));
        assertTrue(large.getMessage().contains("has more than 1048576 bytes"), large.getMessage());
    }

    @Test
    void aFileThatIsNamedMustBeThere() {
        assertThrows(
                FotaException.class,
                () -> parse("--config", directory.resolve("no.yaml").toString()));
    }
}
