package dev.fotabridge.station.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends on disk. */
final class CloudOutboxTest {
    @TempDir
    Path directory;

    private static KeptEnd end(long attempt) {
        ExecutionKey key = new ExecutionKey("job-1", 2, 1_700_000_000);
        return new KeptEnd(
                attempt,
                "run-1",
                "dk-a",
                new JobEnd(key, AtAws.FAILED, Reason.REVERTED, "It runs its \"old\" image.", "", "", "", 0));
    }

    @Test
    void eachEndIsAFile() throws Exception {
        CloudOutbox outbox = new CloudOutbox(directory);
        assertEquals(Set.of(), outbox.kept());
        outbox.keep(end(7));
        outbox.keep(end(12));
        outbox.keep(end(7));
        assertEquals(Set.of(7L, 12L), new CloudOutbox(directory).kept());
        JsonNode node = new ObjectMapper()
                .readTree(directory.resolve("cloud-outbox/7.json").toFile());
        assertEquals("FAILED", node.get("intended").asText());
        assertEquals(1_700_000_000, node.get("queuedAt").asLong());
        assertEquals("It runs its \"old\" image.", node.get("message").asText());
        outbox.discard(7);
        outbox.discard(7);
        assertEquals(Set.of(12L), outbox.kept());
    }

    /** A write that was cut off has another name, and a damaged file is still one to be removed. */
    @Test
    void whatIsDamagedOrNotOursIsNoEnd() throws Exception {
        CloudOutbox outbox = new CloudOutbox(directory);
        outbox.keep(end(7));
        Files.writeString(directory.resolve("cloud-outbox/8.new"), "{");
        Files.writeString(directory.resolve("cloud-outbox/notes.json"), "{}");
        Files.writeString(directory.resolve("cloud-outbox/9.json"), "");
        assertEquals(Set.of(7L, 9L), outbox.kept());
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws Exception {
        Files.writeString(directory.resolve("cloud-outbox"), "in the way");
        FotaException why = assertThrows(FotaException.class, () -> new CloudOutbox(directory).keep(end(7)));
        assertEquals(Reason.STORAGE_UNWRITABLE, why.reason());
        assertTrue(why.getMessage().contains("7.json"), why.getMessage());
    }
}
