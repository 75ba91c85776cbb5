package dev.fotabridge.host.station;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.host.image.Sha256;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.update.UpdateJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One bay's update journal on disk. How many pages are durable changes with every page; it is kept in a file of its own
 * that is not forced to disk: a lost count costs a page or two on the line and nothing else. Not thread-safe.
 */
final class JournalStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Path durable;
    private String execution = "";

    JournalStore(Path file) {
        this.file = file;
        this.durable = file.resolveSibling(file.getFileName() + ".durable");
    }

    /** What an earlier run left; a damaged file counts as none. */
    Optional<UpdateJournal> load() throws FotaException {
        Optional<byte[]> bytes = AtomicFile.read(file);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Optional<UpdateJournal> journal = parse(bytes.get());
        journal.ifPresent(j -> execution = j.execution());
        return journal.map(j -> j.withDurablePages(Math.max(j.durablePages(), loadDurable(j.execution()))));
    }

    void save(UpdateJournal journal) throws FotaException {
        execution = journal.execution();
        ObjectNode node = JSON.createObjectNode();
        node.put("execution", journal.execution());
        node.put("imageHash", journal.imageHash().hex());
        node.put("fileSha256", journal.fileSha256().hex());
        node.put("stage", journal.stage().name());
        node.put("bootId", journal.bootId());
        node.put("attempt", journal.attempt());
        node.put("durablePages", journal.durablePages());
        node.put("from", journal.from());
        AtomicFile.write(file, node.toPrettyString().getBytes(StandardCharsets.UTF_8));
        noteDurable(journal.durablePages());
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
        AtomicFile.delete(file);
        AtomicFile.delete(durable);
    }

    private int loadDurable(String ofExecution) {
        try {
            String[] words = Files.readString(durable).split(" ", 2);
            boolean fits = words.length == 2 && words[0].matches("[0-9]{1,5}") && words[1].equals(ofExecution);
            return fits ? Integer.parseInt(words[0]) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static Optional<UpdateJournal> parse(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            return Optional.of(new UpdateJournal(
                    node.required("execution").asText(),
                    Sha256.parse(node.required("imageHash").asText()),
                    Sha256.parse(node.required("fileSha256").asText()),
                    UpdateJournal.Stage.valueOf(node.required("stage").asText()),
                    node.required("bootId").asText(),
                    node.required("attempt").asInt(),
                    node.required("durablePages").asInt(),
                    node.required("from").asText()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
