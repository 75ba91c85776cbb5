package dev.fotabridge.host.cli;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.fotabridge.host.api.BoardReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes a rig.yaml. Tested by RigTextTest. */
final class RigText {
    private static final String HEAD = """
            # The boards of this rig, written by 'fota-bridge rig scan'. A name is free to choose. Tests ask for capabilities: add
            # what each board has beside its modem. docs/rig.md of FOTA Bridge has all keys.
            """;

    /** Longer names are cut; a number may come behind. */
    private static final int NAME_CHARS = 30;

    private final StringWriter text = new StringWriter();
    private final YAMLGenerator yaml;
    private final Set<String> names = new HashSet<>();

    private RigText() throws IOException {
        text.write(HEAD);
        yaml = new YAMLFactory()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .createGenerator(text);
    }

    /** Returns the file's text; a board is named by its debugger's serial number, else by its port. */
    static String of(List<ScannedBoard> boards) {
        try {
            RigText rig = new RigText();
            rig.write(boards);
            return rig.text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes every character", e);
        }
    }

    private void write(List<ScannedBoard> boards) throws IOException {
        yaml.writeStartObject();
        yaml.writeArrayFieldStart("boards");
        for (ScannedBoard board : boards) {
            write(board);
        }
        yaml.writeEndArray();
        yaml.writeEndObject();
        yaml.close();
    }

    private void write(ScannedBoard board) throws IOException {
        yaml.writeStartObject();
        yaml.writeStringField("name", name(board));
        if (board.serialNumber().isEmpty()) {
            yaml.writeStringField("port", board.port());
        } else {
            yaml.writeStringField("serial-number", board.serialNumber());
        }
        if (board.report().modem().isPresent()) {
            yaml.writeArrayFieldStart("capabilities");
            yaml.writeString("modem");
            yaml.writeEndArray();
        }
        yaml.writeEndObject();
    }

    private String name(ScannedBoard board) {
        BoardReport report = board.report();
        String base = board.serialNumber().isEmpty() ? report.unit() : "dk-" + board.serialNumber();
        String plain = base.replaceAll("[^A-Za-z0-9._-]", "-");
        String start = plain.isEmpty() ? "board" : plain.substring(0, Math.min(NAME_CHARS, plain.length()));
        String name = start;
        for (int i = 2; !names.add(name); i++) {
            name = start + "-" + i;
        }
        return name;
    }
}
