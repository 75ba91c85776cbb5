package dev.fotabridge.host.station;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fotabridge.host.image.Sha256;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.store.Storage;
import dev.fotabridge.host.update.UpdateJournal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One bay's update journal on disk. How many pages are durable changes with every page; it is kept in a file of its own
 * that is not forced to disk: a lost count costs a page or two on the line and nothing else. Not thread-safe.
 *
 * <p>Jackson's data binding would be shorter, but takes 60 ms of a CPU to start.
 */
final class JournalStore {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final Path durable;
    private String execution = "";

    JournalStore(Path file) {
        this.file = file;
        this.durable = file.resolveSibling(file.getFileName() + ".durable");
    }

    /** What an earlier run left; a damaged file counts as none. */
    Optional<UpdateJournal> load() throws FotaException {
        Optional<byte[]> bytes = Storage.read(file);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Optional<UpdateJournal> journal = parse(bytes.get());
        journal.ifPresent(j -> execution = j.execution());
        return journal.map(j -> j.withDurablePages(Math.max(j.durablePages(), loadDurable(j.execution()))));
    }

    void save(UpdateJournal journal) throws FotaException {
        execution = journal.execution();
        Storage.write(file, text(journal));
        noteDurable(journal.durablePages());
    }

    private static byte[] text(UpdateJournal journal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
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
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return out.toByteArray();
    }

    /** Best effort. */
    void noteDurable(int pages) {
        try {
            Files.writeString(durable, pages + " " + execution);
        } catch (IOException e) {
            // Only the next start's count; the journal itself says when the disk is full.
            return;
        }
    }

    void remove() throws FotaException {
        Storage.delete(file);
        Storage.delete(durable);
    }

    private int loadDurable(String ofExecution) {
        String text = Storage.readIfPossible(durable)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        String[] words = text.split(" ", 2);
        boolean fits = words.length == 2 && words[0].matches("[0-9]{1,5}") && words[1].equals(ofExecution);
        return fits ? Integer.parseInt(words[0]) : 0;
    }

    private static Optional<UpdateJournal> parse(byte[] bytes) {
        try {
            Map<String, String> fields = fields(bytes);
            return Optional.of(new UpdateJournal(
                    required(fields, "execution"),
                    Sha256.parse(required(fields, "imageHash")),
                    Sha256.parse(required(fields, "fileSha256")),
                    UpdateJournal.Stage.valueOf(required(fields, "stage")),
                    required(fields, "bootId"),
                    Integer.parseInt(required(fields, "attempt")),
                    Integer.parseInt(required(fields, "durablePages")),
                    required(fields, "from"),
                    fields.getOrDefault("modemUuid", "")));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of one object with nothing but texts and numbers in it. */
    private static Map<String, String> fields(byte[] bytes) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (!value.isScalarValue()) {
                    throw new IllegalArgumentException(name + " is neither a text nor a number");
                }
                fields.put(name, json.getText());
            }
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
