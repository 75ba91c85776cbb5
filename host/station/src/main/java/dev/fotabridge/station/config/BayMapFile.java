package dev.fotabridge.station.config;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.TextFile;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.yaml.YamlNode;
import dev.fotabridge.station.yaml.YamlReader;
import dev.fotabridge.station.yaml.YamlSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds bays to a station.yaml, and leaves every other line of it as it is. Tested by BayMapFileTest.
 */
public final class BayMapFile {
    private static final String BAYS = "bays";

    private final Path file;
    private List<String> lines;
    private List<BayPlace> bays;

    private BayMapFile(Path file, List<String> lines) throws FotaException {
        this.file = file;
        this.lines = lines;
        this.bays = parse(lines);
    }

    /**
     * Opens the file; one that is not there begins with what every station needs. Nothing is written yet. Looks only at the bays: the
     * rest may be unfinished.
     *
     * @throws FotaException CONFIGURATION if it is no YAML, or its bays cannot be read or added to
     */
    public static BayMapFile open(Path file) throws FotaException {
        Path absolute = file.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            TextFile text = YamlReader.text(absolute);
            YamlReader.parse(text);
            return new BayMapFile(absolute, text.text().lines().toList());
        }
        return new BayMapFile(
                absolute,
                List.of(
                        "# Made by 'fota-bridge station learn'. docs/station.md has every key.",
                        "station: station-1",
                        "release: releases/1.0.0   # made by 'fota-bridge station release create'",
                        "start: button",
                        "bays:"));
    }

    private List<BayPlace> parse(List<String> text) throws FotaException {
        YamlNode document = document(text);
        YamlNode list = document.entries().get(BAYS);
        if (list == null || list.kind() == YamlNode.Kind.NOTHING) {
            return List.of();
        }
        return BayList.of(YamlSection.of(document, "a station", StationFile.KEYS), file.getParent());
    }

    private YamlNode document(List<String> text) throws FotaException {
        return YamlReader.parse(new TextFile(file, String.join("\n", text)));
    }

    /** {@return the bays of the file, with those that were added} */
    public List<BayPlace> bays() {
        return bays;
    }

    /**
     * Adds a bay and writes the file. It is whole at any time, and keeps its permissions.
     *
     * @throws FotaException CONFIGURATION if the bays are written in a way that cannot be added to; STORAGE_UNWRITABLE
     */
    public void add(BayPlace bay) throws FotaException {
        List<String> added = with(bay);
        List<BayPlace> read = readBack(added);
        write(added);
        lines = added;
        bays = read;
    }

    private List<BayPlace> readBack(List<String> added) throws FotaException {
        try {
            List<BayPlace> read = parse(added);
            if (read.size() == bays.size() + 1) {
                return read;
            }
        } catch (FotaException e) {
            throw notAddable(
                    "is written in a way that cannot be added to: write each bay into a line that begins with '-'");
        }
        throw notAddable("is written in a way that cannot be added to");
    }

    private List<String> with(BayPlace bay) throws FotaException {
        List<String> text = new ArrayList<>(lines);
        YamlNode document = document(lines);
        Integer key = document.keyLines().get(BAYS);
        if (key == null) {
            text.add(BAYS + ":");
            text.add(line("  ", bay));
            return text;
        }
        YamlNode list = document.entries().get(BAYS);
        if (!lines.get(key - 1).matches("[\"']?bays[\"']?\\s*:\\s*(#.*)?")) {
            throw notAddable("is one line of its own: write each bay into a line that begins with '-'");
        }
        int last = list.items().isEmpty()
                ? key
                : list.items().get(list.items().size() - 1).line();
        String indent = list.items().isEmpty() ? "  " : lines.get(last - 1).replaceFirst("-.*", "");
        text.add(endOf(last, document), line(indent, bay));
        return text;
    }

    /** Line behind the last one of what begins in this line: comments in front of the next key are the next key's. */
    private int endOf(int start, YamlNode document) {
        int end = document.keyLines().values().stream()
                        .filter(line -> line > start)
                        .mapToInt(Integer::intValue)
                        .min()
                        .orElse(lines.size() + 1)
                - 1;
        while (end > start && lines.get(end - 1).matches("\\s*(#.*)?")) {
            end--;
        }
        return end;
    }

    private static String line(String indent, BayPlace bay) {
        return indent + "- {bay: " + bay.bay() + ", usb: \"" + bay.address() + "\"}";
    }

    private FotaException notAddable(String why) {
        return new FotaException(Reason.CONFIGURATION, "The file " + file + ": 'bays' " + why + ".");
    }

    private void write(List<String> text) throws FotaException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(beside, "");
            keepPermissions(beside);
            Files.writeString(beside, String.join("\n", text) + "\n");
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new FotaException(
                    Reason.STORAGE_UNWRITABLE, "The file " + file + " cannot be written: " + why + ".", e);
        }
    }

    /** The file may hold a token that others may not read: the new one has its permissions before it has its text. */
    private void keepPermissions(Path beside) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
        if (view != null && Files.exists(file)) {
            view.setPermissions(Files.getPosixFilePermissions(file));
        }
    }
}
