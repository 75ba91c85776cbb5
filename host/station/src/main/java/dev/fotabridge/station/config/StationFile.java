package dev.fotabridge.station.config;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.yaml.YamlNode;
import dev.fotabridge.station.yaml.YamlReader;
import dev.fotabridge.station.yaml.YamlSection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a station.yaml. Whatever is wrong in it is said in one sentence with its line. */
public final class StationFile {
    static final List<String> KEYS = List.of(
            "station",
            "listen",
            "stateDirectory",
            "release",
            "aws",
            "start",
            "bays",
            "attempts",
            "lockAfter",
            "stopAfter",
            "retest",
            "running",
            "scan",
            "line",
            "part",
            "revision",
            "workOrder",
            "lot",
            "operator",
            "hooks",
            "token",
            "names",
            "texts");
    private static final List<String> AWS_KEYS = List.of("endpoint", "certificate", "key", "ca", "thing");

    private static final int MAX_ATTEMPTS = 5;
    private static final int MAX_COUNT = 1_000;
    private static final int MAX_HOOKS = 16;
    private static final int MAX_NAMES = 16;
    private static final int MIN_TOKEN = 16;

    /** AWS's alphabet of client ids and things; short enough that the number of a connection fits behind it. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^\\[\\]:/ ]+):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    private final Path file;
    private final YamlSection station;

    private StationFile(Path file, YamlSection station) {
        this.file = file;
        this.station = station;
    }

    /**
     * Reads a file; blocks for as long as the disk takes. Looks at nothing else on the disk.
     *
     * @throws FotaException CONFIGURATION, naming file and line
     */
    public static StationConfig read(Path file) throws FotaException {
        return of(file, YamlReader.read(file));
    }

    static StationConfig of(Path file, YamlNode document) throws FotaException {
        YamlSection station = YamlSection.of(document, "a station", KEYS);
        return new StationFile(file.toAbsolutePath().normalize(), station).config();
    }

    private StationConfig config() throws FotaException {
        String name = station.require(
                "station",
                station.text("station", NAME, "1 to 64 letters, digits, '-' and '_', which AWS takes as client id"));
        ImageSource source = source();
        boolean isAws = source instanceof ImageSource.AwsJobs;
        StartKind start = station.word("start", StartKind.class).orElse(StartKind.BUTTON);
        List<BayPlace> bays = BayList.of(station, file.getParent());
        requireFit(source, start, bays);
        return new StationConfig(
                file,
                name,
                listen(),
                path(station, "stateDirectory").orElse(file.resolveSibling("state")),
                source,
                start,
                bays,
                station.number("attempts", 1, MAX_ATTEMPTS).orElse(isAws ? 2 : 1),
                station.number("lockAfter", 0, MAX_COUNT).orElse(3),
                station.number("stopAfter", 0, MAX_COUNT).orElse(3),
                station.number("retest", 1, MAX_COUNT).orElse(3),
                ScanSection.of(station, start == StartKind.SCAN || needsScan(source)),
                columns(),
                hooks(),
                station.number("running", 1, bays.size()).orElse(bays.size()),
                token(),
                names(),
                path(station, "texts"));
    }

    private ImageSource source() throws FotaException {
        if (station.has("release") && station.has("aws")) {
            throw station.wrong(
                    "aws",
                    "stands beside 'release' in line " + station.line("release") + ": boards get one of the two");
        }
        Optional<Path> release = path(station, "release");
        if (release.isPresent()) {
            return new ImageSource.ReleaseFolder(release.get());
        }
        YamlSection aws = station.require("release' or 'aws", station.section("aws", "aws", AWS_KEYS));
        return new ImageSource.AwsJobs(
                aws.require("endpoint", aws.text("endpoint", ENDPOINT, "NAME or NAME:PORT, without https://")),
                aws.require("certificate", path(aws, "certificate")),
                aws.require("key", path(aws, "key")),
                path(aws, "ca"),
                thing(aws));
    }

    private static final Pattern ENDPOINT = Pattern.compile("[a-zA-Z0-9.-]+(?::[0-9]{1,5})?");

    private static ThingName thing(YamlSection aws) throws FotaException {
        String text = aws.require("thing", aws.text("thing"));
        if (!ThingName.isTemplate(text)) {
            throw aws.wrong(
                    "thing",
                    "is '" + text + "': it may have letters, digits, ':', '_' and '-', and {unit}, {probe} or {scan}");
        }
        return new ThingName(text);
    }

    private static boolean needsScan(ImageSource source) {
        return source instanceof ImageSource.AwsJobs aws && aws.thing().needsScan();
    }

    private void requireFit(ImageSource source, StartKind start, List<BayPlace> bays) throws FotaException {
        if (start == StartKind.JOB && !(source instanceof ImageSource.AwsJobs)) {
            throw station.wrong("start", "is 'job', but jobs come from 'aws' only, and this station has a 'release'");
        }
        if (source instanceof ImageSource.AwsJobs aws
                && bays.size() > 1
                && !aws.thing().namesBoards()) {
            throw station.wrong(
                    "aws",
                    "names one thing, '" + aws.thing().template() + "', for " + bays.size()
                            + " bays: write {unit}, {probe} or {scan} into it");
        }
    }

    private ListenAddress listen() throws FotaException {
        Optional<String> text = station.text("listen", ADDRESS, "HOST:PORT, such as 127.0.0.1:8060");
        if (text.isEmpty()) {
            return new ListenAddress("127.0.0.1", 8060);
        }
        Matcher parts = ADDRESS.matcher(text.get());
        parts.matches();
        int port = Integer.parseInt(parts.group(2));
        if (port > MAX_PORT) {
            throw station.wrong("listen", "has the port " + port + ": ports end at " + MAX_PORT);
        }
        return new ListenAddress(parts.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    private Optional<Path> path(YamlSection section, String key) throws FotaException {
        Optional<String> text = section.text(key);
        try {
            return text.map(file.getParent()::resolve).map(Path::normalize);
        } catch (InvalidPathException e) {
            throw section.wrong(key, "cannot be a path here (" + e.getReason() + ")");
        }
    }

    private ProductionColumns columns() throws FotaException {
        return new ProductionColumns(
                column("line"),
                column("part"),
                column("revision"),
                column("workOrder"),
                column("lot"),
                column("operator"));
    }

    private String column(String key) throws FotaException {
        return station.text(key, Pattern.compile(".{1,64}"), "at most 64 characters")
                .orElse("");
    }

    private List<List<String>> hooks() throws FotaException {
        List<List<String>> hooks = new ArrayList<>();
        for (YamlNode hook : station.list("hooks", MAX_HOOKS)) {
            List<String> words = station.words("hooks", hook);
            if (words.isEmpty() || !Path.of(words.get(0)).isAbsolute()) {
                throw station.wrong(
                        "hooks",
                        "has a hook in line " + hook.line()
                                + " that does not begin with the absolute path of a program");
            }
            hooks.add(words);
        }
        return hooks;
    }

    private List<String> names() throws FotaException {
        List<String> names = new ArrayList<>();
        for (YamlNode node : station.list("names", MAX_NAMES)) {
            String name = String.join(" ", station.words("names", node));
            if (!ENDPOINT.matcher(name).matches()) {
                throw station.wrong(
                        "names",
                        "has '" + name + "' in line " + node.line()
                                + ": write what a browser's address has, such as station.plant.example, without https://");
            }
            names.add(name);
        }
        return names;
    }

    private Optional<StationConfig.Token> token() throws FotaException {
        Optional<String> text = station.text("token");
        if (text.filter(token -> token.length() < MIN_TOKEN).isPresent()) {
            // The token itself is not said.
            throw station.wrong("token", "has fewer than " + MIN_TOKEN + " characters, which can be guessed");
        }
        return text.map(StationConfig.Token::new);
    }
}
