package dev.fotabridge.host.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.OutboxStore;
import dev.fotabridge.host.jobs.StatusDetails;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.store.Storage;
import dev.fotabridge.host.store.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Final states as one file each in a directory; the file's name orders them by when they were first kept.
 * Tested by StateFilesTest.
 */
public final class FileOutboxStore implements OutboxStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    /** Uses this directory, made when it is first needed. */
    public FileOutboxStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<FinalState> load() throws FotaException {
        List<FinalState> states = new ArrayList<>();
        for (Path file : files()) {
            Storage.readIfPossible(file).flatMap(FileOutboxStore::parse).ifPresent(states::add);
        }
        return states;
    }

    private List<Path> files() throws FotaException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.json")) {
            entries.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw StorageFailure.reading(directory, e.getCause());
        } catch (IOException e) {
            throw StorageFailure.reading(directory, e);
        }
        Collections.sort(files);
        return files;
    }

    @Override
    public void save(FinalState state) throws FotaException {
        ObjectNode node = JSON.createObjectNode();
        node.put("jobId", state.id().jobId());
        node.put("executionNumber", state.id().executionNumber());
        node.put("queuedAt", state.id().queuedAt());
        node.put("status", state.status().name());
        node.put("version", state.version());
        ObjectNode details = node.putObject("details");
        state.details().entries().forEach(details::put);
        Storage.write(fileOf(state.id()), node.toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void remove(ExecutionId id) throws FotaException {
        Storage.delete(fileOf(id));
    }

    private Path fileOf(ExecutionId id) {
        String order = String.format(Locale.ROOT, "%016x", id.queuedAt());
        return directory.resolve(
                order + "-" + StateDirectory.fileName(id.jobId()) + "-" + id.executionNumber() + ".json");
    }

    /** A damaged file counts as none, as one that cannot be read does: AWS asks again for what it has not been told. */
    private static Optional<FinalState> parse(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            StatusDetails.Builder details = StatusDetails.builder();
            node.required("details")
                    .properties()
                    .forEach(e -> details.put(e.getKey(), e.getValue().asText()));
            ExecutionId id = new ExecutionId(
                    node.required("jobId").asText(),
                    node.required("executionNumber").asLong(),
                    node.required("queuedAt").asLong());
            JobStatus status = JobStatus.valueOf(node.required("status").asText());
            return Optional.of(new FinalState(
                    id, status, details.build(), node.path("version").asLong()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
