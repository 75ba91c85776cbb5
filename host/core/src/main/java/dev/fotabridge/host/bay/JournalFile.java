package dev.fotabridge.host.bay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.update.UpdateJournal;
import dev.fotabridge.host.value.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes the text of a journal file: one JSON object for each journal, the newest first. A file of an older
 * host has one object without {@code unit} and {@code probe}, so it does not name its board.
 *
 * <p>Jackson's data binding would be shorter, but takes 60 ms of a CPU to start.
 * Tested by StateFilesTest.
 */
final class JournalFile {
    private static final JsonFactory JSON = new JsonFactory();

    private JournalFile() {}

    static byte[] text(List<UpdateJournal> journals) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
            for (UpdateJournal journal : journals) {
                write(json, journal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, UpdateJournal journal) throws IOException {
        json.writeStartObject();
        json.writeStringField("execution", journal.execution());
        json.writeStringField("imageHash", journal.imageHash().hex());
        json.writeStringField("fileSha256", journal.fileSha256().hex());
        json.writeStringField("stage", journal.stage().name());
        json.writeStringField("bootId", journal.bootId());
        json.writeNumberField("attempt", journal.attempt());
        json.writeNumberField("durablePages", journal.durablePages());
        json.writeStringField("from", journal.from());
        json.writeStringField("modemUuid", journal.modemUuid());
        if (journal.board().isPresent()) {
            json.writeStringField("unit", journal.board().get().unit());
            json.writeStringField("probe", journal.board().get().probe());
        }
        json.writeEndObject();
    }

    /** Returns the journals before the first damaged one. */
    static List<UpdateJournal> parse(byte[] bytes) {
        List<UpdateJournal> journals = new ArrayList<>();
        try (JsonParser json = JSON.createParser(bytes)) {
            while (json.nextToken() != null) {
                journals.add(journal(fields(json)));
            }
        } catch (IOException | IllegalArgumentException e) {
            return journals;
        }
        return journals;
    }

    private static UpdateJournal journal(Map<String, String> fields) {
        return new UpdateJournal(
                required(fields, "execution"),
                Sha256.parse(required(fields, "imageHash")),
                Sha256.parse(required(fields, "fileSha256")),
                UpdateJournal.Stage.valueOf(required(fields, "stage")),
                required(fields, "bootId"),
                Integer.parseInt(required(fields, "attempt")),
                Integer.parseInt(required(fields, "durablePages")),
                required(fields, "from"),
                fields.getOrDefault("modemUuid", ""),
                board(fields));
    }

    private static Optional<BoardIdentity> board(Map<String, String> fields) {
        if (!fields.containsKey("unit")) {
            return Optional.empty();
        }
        return Optional.of(new BoardIdentity(fields.get("unit"), required(fields, "probe")));
    }

    /** Parses one object that holds only texts and numbers. */
    private static Map<String, String> fields(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (!value.isScalarValue()) {
                throw new IllegalArgumentException(name + " is neither a text nor a number");
            }
            fields.put(name, json.getText());
        }
        return fields;
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
