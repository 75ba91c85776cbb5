package dev.fotabridge.junit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.BayObserver;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.UpdateRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what happens at a bay into a file, an event a line as JSON, in the words of the command line's {@code --json}; the console's
 * lines go to their recorder too. Thread-safe. Tested by EventRecorderTest.
 */
final class EventRecorder implements BayObserver, AutoCloseable {
    private final ConsoleRecorder console;
    private final Writer writer;
    private final ObjectMapper json = new ObjectMapper();
    private final Deque<String> ofTest = new ArrayDeque<>();
    private boolean begun;
    private boolean closed;

    EventRecorder(Path file, ConsoleRecorder console) throws IOException {
        this.console = console;
        this.writer = Files.newBufferedWriter(file);
    }

    @Override
    public synchronized void onEvent(EventOrigin origin, BayEvent event) {
        if (closed) {
            return;
        }
        if (event instanceof BayEvent.Log log && log.console()) {
            console.add(origin.time(), log.line());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", origin.time().truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("bay", origin.bay());
        fields.put("board", origin.board());
        fields.put("run", origin.run());
        describe(event, fields);
        write(fields);
    }

    private void describe(BayEvent event, Map<String, Object> fields) {
        if (event instanceof BayEvent.Fota fota) {
            fields.put("type", fota.event().name());
            fields.put("percent", fota.percent());
        } else if (event instanceof BayEvent.Ended ended) {
            fields.put("type", "RESULT");
            fields.putAll(fields(ended.record()));
        } else if (event instanceof BayEvent.Reported reported) {
            fields.put("type", "REPORTED");
            fields.putAll(fields(reported.record()));
        } else {
            fields.put("type", type(event));
            fields.putAll(components(event));
        }
    }

    private static String type(BayEvent event) {
        return event instanceof BayEvent.PhaseEntered
                ? "PHASE"
                : event.getClass()
                        .getSimpleName()
                        .replaceAll("(?<=.)(?=[A-Z])", "_")
                        .toUpperCase(Locale.ROOT);
    }

    /** Returns a record of strings and numbers as fields. */
    private Map<String, Object> components(Object value) {
        return json.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** Returns an update's record as fields. */
    private Map<String, Object> fields(UpdateRecord update) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("outcome", update.reason().outcome().name());
        fields.put("exitCode", update.reason().exitCode());
        fields.put("reason", update.reason().name());
        fields.put("message", update.message());
        fields.put("imageHash", update.imageHash());
        fields.put("fileSha256", update.fileSha256());
        fields.put("from", update.from());
        fields.put("to", update.to());
        fields.put("modemResult", update.modemResult());
        fields.put("seconds", update.seconds());
        fields.put("spans", update.spans());
        fields.put("wire", components(update.wire()));
        return fields;
    }

    /** Returns an update's record as a JSON object. */
    String text(UpdateRecord update) {
        return text(fields(update));
    }

    private String text(Map<String, Object> fields) {
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("strings and numbers are JSON", e);
        }
    }

    private void write(Map<String, Object> fields) {
        String line = text(fields);
        ofTest.add(line);
        if (ofTest.size() > ConsoleRecorder.KEPT_LINES) {
            ofTest.remove();
        }
        try {
            writer.write(line);
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test begins; the first one has the events of the claim, too. */
    synchronized void beginTest() {
        if (begun) {
            ofTest.clear();
        }
        begun = true;
    }

    /** Returns the last lines of the test. */
    synchronized List<String> lines() {
        return List.copyOf(ofTest);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        writer.close();
    }
}
