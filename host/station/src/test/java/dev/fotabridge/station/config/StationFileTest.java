package dev.fotabridge.station.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.source.SourceTree;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.TextFile;
import dev.fotabridge.station.bay.ScanRule;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StationFileTest {
    private static final Path FILE = Path.of("/srv/line/station.yaml");

    private static final String AWS =
            "aws: {endpoint: x-ats.iot.eu-central-1.amazonaws.com, certificate: c.pem, key: k.pem, thing: 'dk-{unit}'}\n";

    private static StationConfig read(String text) throws FotaException {
        return StationFile.of(FILE, YamlReader.parse(new TextFile(Path.of("station.yaml"), text)));
    }

    private static String small(String source) {
        return "station: line-1\n" + source + "bays: [{bay: 1, port: /dev/x}]\n";
    }

    /** Every key has a row in the document, and every row is a key. */
    @Test
    void theDocumentHasEveryKey() throws Exception {
        String text = Files.readString(SourceTree.ROOT.resolve("docs/station.md"));
        String table =
                text.substring(text.indexOf("<!-- keys of station.yaml -->"), text.indexOf("<!-- end of keys -->"));

        assertEquals(
                StationFile.KEYS.stream().sorted().toList(),
                Pattern.compile("(?m)^\\| `(\\w+)` \\|")
                        .matcher(table)
                        .results()
                        .map(row -> row.group(1))
                        .sorted()
                        .toList());
    }

    @Test
    void theSmallestFileHasDefaultsForTheRest() throws Exception {
        StationConfig config = read(small("release: releases/2.0.0\n"));

        assertEquals("line-1", config.station());
        assertEquals(new ListenAddress("127.0.0.1", 8060), config.listen());
        assertEquals(Path.of("/srv/line/state"), config.stateDirectory());
        assertEquals(new ImageSource.ReleaseFolder(Path.of("/srv/line/releases/2.0.0")), config.source());
        assertEquals(StartKind.BUTTON, config.start());
        assertEquals(List.of(new BayPlace(1, BayPlace.Kind.PORT, "/dev/x", "", 3)), config.bays());
        assertEquals(List.of(1, 3, 3, 3, 1), numbers(config));
        assertEquals(Optional.empty(), config.scan());
        assertEquals(new ProductionColumns("", "", "", "", "", ""), config.columns());
        assertEquals(List.of(), config.hooks());
        assertEquals(Optional.empty(), config.token());
        assertEquals(List.of(), config.names());
        assertEquals(Optional.empty(), config.texts());
    }

    private static List<Integer> numbers(StationConfig config) {
        return List.of(config.attempts(), config.lockAfter(), config.stopAfter(), config.retest(), config.running());
    }

    @Test
    void namesOfAProxyAndTextsAreRead() throws Exception {
        StationConfig config =
                read(small("release: r\nnames: [station.plant.example, \"10.0.0.7:8443\"]\ntexts: texts/de.json\n"));

        assertEquals(List.of("station.plant.example", "10.0.0.7:8443"), config.names());
        assertEquals(Optional.of(Path.of("/srv/line/texts/de.json")), config.texts());
    }

    @Test
    void aSecretIsNotPrintedByAccident() throws Exception {
        StationConfig config = read(small("release: r\ntoken: 0123456789abcdef\n"));

        assertEquals("0123456789abcdef", config.token().orElseThrow().text());
        assertFalse(config.toString().contains("0123456789abcdef"), config::toString);
    }

    @Test
    void everyKeyIsRead() throws Exception {
        StationConfig config = read("""
                station: line-1
                listen: "[::1]:0"
                stateDirectory: /var/lib/station
                aws:
                  endpoint: x-ats.iot.eu-central-1.amazonaws.com:443
                  certificate: c.pem
                  key: k.pem
                  ca: roots.pem
                  thing: dk-{scan}
                start: job
                attempts: 3
                lockAfter: 0
                stopAfter: 5
                retest: 7
                running: 1
                scan: {prefix: "SN:", length: 8-12, pattern: "[0-9]+"}
                line: L2
                part: PCA10090
                revision: 1.1.0
                workOrder: 0012
                lot: on
                operator: Kim
                hooks:
                  - /usr/local/bin/lamp
                  - [/usr/local/bin/label, --small]
                token: 0123456789abcdef
                bays:
                  - {bay: 1, usb: "pci-0000:00:14.0-usb-0:3.1", fixture: F-7}
                  - {bay: 12, port: ../ports/dk}
                """);

        assertEquals(new ListenAddress("::1", 0), config.listen());
        assertEquals(Path.of("/var/lib/station"), config.stateDirectory());
        assertEquals(
                new ImageSource.AwsJobs(
                        "x-ats.iot.eu-central-1.amazonaws.com:443",
                        Path.of("/srv/line/c.pem"),
                        Path.of("/srv/line/k.pem"),
                        Optional.of(Path.of("/srv/line/roots.pem")),
                        new ThingName("dk-{scan}")),
                config.source());
        assertEquals(StartKind.JOB, config.start());
        assertEquals(List.of(3, 0, 5, 7, 1), numbers(config));
        ScanRule scan = config.scan().orElseThrow();
        assertEquals("12345678", scan.read("SN:12345678\r\n"));
        assertThrows(IllegalArgumentException.class, () -> scan.read("SN:1234567"));
        assertEquals(new ProductionColumns("L2", "PCA10090", "1.1.0", "0012", "on", "Kim"), config.columns());
        assertEquals(
                List.of(List.of("/usr/local/bin/lamp"), List.of("/usr/local/bin/label", "--small")), config.hooks());
        assertEquals("0123456789abcdef", config.token().orElseThrow().text());
        assertEquals(
                List.of("usb:pci-0000:00:14.0-usb-0:3.1", "/srv/ports/dk"),
                config.bays().stream().map(BayPlace::port).toList());
        assertEquals("F-7", config.bays().get(0).fixture());
    }

    @Test
    void awsTriesTwiceAndALabelInTheThingsNameIsScanned() throws Exception {
        StationConfig unit = read(small(AWS));
        StationConfig scan = read(small(AWS.replace("{unit}", "{scan}")));

        assertEquals(2, unit.attempts());
        assertEquals(Optional.empty(), unit.scan());
        assertEquals(Optional.of(ScanRule.ANY), scan.scan());
        assertEquals(
                Optional.of(ScanRule.ANY),
                read(small("release: r\nstart: scan\n")).scan());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Keys, kinds, ranges.
                "bais: []|'bais' in line 3 is no key of a station; its keys are station, listen, ",
                "aws: {}|'aws' in line 3 stands beside 'release' in line 2",
                "station: b|'station' stands twice, in lines 1 and 3",
                "listen: 8060|'listen' in line 3 is '8060': it must be HOST:PORT",
                "listen: a:70000|'listen' in line 3 has the port 70000",
                "listen: {host: a}|'listen' in line 3 has a mapping: it takes one value",
                "listen: http://a:1|'listen' in line 3 is 'http://a:1'",
                "stateDirectory: [a]|'stateDirectory' in line 3 has a list: it takes one value",
                "stateDirectory:|'stateDirectory' in line 3 has nothing: it takes one value",
                "start: insertion|'start' in line 3 is 'insertion': it must be one of insert, button, scan, job",
                "start: INSERT|'start' in line 3 is 'INSERT'",
                "start: job|'start' in line 3 is 'job', but jobs come from 'aws' only",
                "attempts: 0|'attempts' in line 3 is '0': it must be a whole number from 1 to 5",
                "attempts: 6|from 1 to 5",
                "attempts: two|'attempts' in line 3 is 'two'",
                "attempts: 1_0|'attempts' in line 3 is '1_0'",
                "attempts: 1.5|'attempts' in line 3 is '1.5'",
                "lockAfter: -1|'lockAfter' in line 3 is '-1': it must be a whole number from 0 to 1000",
                "stopAfter: 1001|'stopAfter' in line 3",
                "retest: 0|'retest' in line 3",
                "running: 2|'running' in line 3 is '2': it must be a whole number from 1 to 1",
                "running: 99999999999|'running' in line 3",
                "scan: yes|line 3 has a value where scan is expected, which is a mapping of prefix, length, pattern",
                "scan: {patern: x}|'patern' in line 3 is no key of scan",
                "scan: {pattern: '['}|'pattern' in line 3 is no regular expression",
                "scan: {length: 0}|'length' in line 3 is '0': a label has 1 to 200 characters",
                "scan: {length: 9-8}|'length' in line 3",
                "scan: {length: long}|'length' in line 3 is 'long': it must be a number of characters",
                "'line: \"a\\nb\"'|'line' in line 3 must be one line of 1 to 1024 plain characters",
                "'lot: \" \"'|'lot' in line 3 must be one line",
                "hooks: /bin/x|'hooks' in line 3 has a value: it takes a list",
                "hooks: []|'hooks' in line 3 has 0 values: it takes 1 to 16",
                "hooks: [lamp]|'hooks' in line 3 has a hook in line 3 that does not begin with the absolute path",
                "hooks: [[]]|'hooks' in line 3 has a hook in line 3",
                "hooks: [{a: b}]|'hooks' in line 3 has a mapping: it takes one value",
                "names: [https://station.plant.example]|'names' in line 3 has 'https://station.plant.example' in line 3",
                "token: short|'token' in line 3 has fewer than 16 characters",
            })
    void whatIsWrongIsSaidWithItsLine(String line, String sentence) {
        String text = "station: a\nrelease: r\n" + line + "\nbays: [{bay: 1, port: /dev/x}]\n";
        FotaException refused = assertThrows(FotaException.class, () -> read(text), text);
        assertEquals(Reason.CONFIGURATION, refused.reason());
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
        assertFalse(refused.getMessage().contains("short"), "the token itself is not said");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|'bays' in line 3 has 0 values",
                "1|'bays' in line 3 has a value: it takes a list",
                "[1]|line 3 has a value where a bay is expected, which is a mapping of bay, usb, port, fixture",
                "[{bay: 1, prot: /dev/x}]|'prot' in line 3 is no key of a bay; its keys are bay, usb, port, fixture",
                "[{port: /dev/x}]|'bay' is missing in a bay, which begins in line 3",
                "[{bay: one, port: /dev/x}]|'bay' in line 3 is 'one': it must be a whole number from 1 to 9999",
                "[{bay: 0, port: /dev/x}]|'bay' in line 3 is '0'",
                "[{bay: 1}]|'bay' in line 3 has neither 'usb' nor 'port': a bay is one place",
                "[{bay: 1, usb: 'pci-1-usb-0:1', port: /dev/x}]|has both 'usb' and 'port'",
                "[{bay: 1, usb: '1-3.1'}]|'usb' in line 3 is no USB place, which looks like pci-0000:00:14.0-usb-0:3.1",
                "[{bay: 1, usb: 'pci-0000:00:14.0-usb-0:3.1:1.0'}]|'usb' in line 3 names an interface: leave out",
                "[{bay: 1, port: 'usb:pci-1-usb-0:1'}]|'port' in line 3 begins with 'usb:'",
                "[{bay: 1, port: /dev/x},\\n {bay: 1, port: /dev/y}]|'bay' in line 4 is bay 1 again, which stands in line 3",
                "[{bay: 1, port: /dev/x},\\n {bay: 2, port: /dev/../dev/x}]|'port' in line 4 is the place of bay 1 (line 3), too",
                "[{bay: 1, usb: pci-1-usb-0:1},\\n {bay: 2, usb: pci-1-usb-0:1}]|'usb' in line 4 is the place of bay 1 (line 3)",
            })
    void whatIsWrongWithABayIsSaidWithItsLine(String bays, String sentence) {
        String text = "station: a\nrelease: r\nbays: " + bays.replace("\\n", "\n") + "\n";
        FotaException refused = assertThrows(FotaException.class, () -> read(text), text);
        assertEquals(Reason.CONFIGURATION, refused.reason());
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint: https://x/|'endpoint' in line 2 is 'https://x/': it must be NAME or NAME:PORT",
                "thing: dk/1|'thing' in line 2 is 'dk/1': it may have letters",
                "thing: 'dk-{serial}'|'thing' in line 2",
                "thing:|'thing' in line 2 has nothing",
                "clientId: x|'clientId' in line 2 is no key of aws",
            })
    void whatIsWrongWithAwsIsSaidWithItsLine(String pair, String sentence) {
        String key = pair.substring(0, pair.indexOf(':'));
        String text = small(
                        AWS.replaceFirst("\\b" + key + ": ('[^']*'|[^,}]*)", "").replaceFirst(", *}", "}"))
                .replace("aws: {", "aws: {" + pair + ", ")
                .replace(", ,", ",");
        FotaException refused = assertThrows(FotaException.class, () -> read(text), text);
        assertTrue(refused.getMessage().contains(sentence), text + refused.getMessage());
    }

    @Test
    void whatIsMissingIsNamed() {
        List<String> texts = List.of(
                "release: r\nbays: [{bay: 1, port: /dev/x}]|'station' is missing in a station, which begins in line 1",
                "station: a\nbays: [{bay: 1, port: /dev/x}]|'release' or 'aws' is missing",
                "station: a\nrelease: r|'bays' is missing",
                small("aws: {endpoint: a, certificate: c, key: k}\n")
                        + "|'thing' is missing in aws, which begins in line 2",
                small("aws: {endpoint: a, certificate: c, thing: t}\n") + "|'key' is missing",
                "station: a b\nrelease: r|'station' in line 1 is 'a b': it must be 1 to 64 letters");
        for (String text : texts) {
            String[] parts = text.split("\\|");
            FotaException refused = assertThrows(FotaException.class, () -> read(parts[0]), text);
            assertTrue(refused.getMessage().contains(parts[1]), refused.getMessage());
        }
    }

    @Test
    void severalBaysCannotBeOneThing() {
        String one = AWS.replace("'dk-{unit}'", "dk-1");
        String two = small(one).replace("}]", "}, {bay: 2, port: /dev/y}]");
        FotaException refused = assertThrows(FotaException.class, () -> read(two));
        assertTrue(
                refused.getMessage().contains("'aws' in line 2 names one thing, 'dk-1', for 2 bays"),
                refused::getMessage);
        assertDoesNotThrow(() -> read(small(one)));
    }

    @Test
    void onlyLoopbackIsOnlyForThisComputer() {
        assertTrue(new ListenAddress("127.0.0.1", 1).isLoopback() && new ListenAddress("::1", 1).isLoopback());
        assertFalse(new ListenAddress("0.0.0.0", 1).isLoopback() || new ListenAddress("station.local", 1).isLoopback());
    }
}
