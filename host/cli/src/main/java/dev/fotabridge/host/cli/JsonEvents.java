package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.api.WireTotals;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Events as one JSON object a line, each with {@code schema}, {@code time}, {@code session}, {@code board} and {@code
 * type}. A field that is not known is null; no field is left out. A command for several boards adds {@code bay} to each line.
 * Tested by EventsTest.
 */
final class JsonEvents implements EventPrinter {
    static final int SCHEMA = 1;

    private final JsonFactory json = new JsonFactory();
    private final PrintStream out;
    private final String session;
    private final Clock clock;
    private final Optional<Place> place;
    private String board;

    /** Which of several boards; without a bay: all of them. */
    private record Place(String bay, Supplier<Optional<String>> port) {}

    /** @param session names this run of the program */
    JsonEvents(PrintStream out, String session, Clock clock) {
        this(out, session, clock, Optional.empty());
    }

    private JsonEvents(PrintStream out, String session, Clock clock, Optional<Place> place) {
        this.out = out;
        this.session = session;
        this.clock = clock;
        this.place = place;
    }

    /** Returns the events of one of several boards: each line has its {@code bay}, and a RESULT has its {@code port}. */
    JsonEvents ofBay(String bay, Supplier<Optional<String>> port) {
        return new JsonEvents(out, session, clock, Optional.of(new Place(bay, port)));
    }

    /** Returns the events of several boards together: in each line the {@code bay} is null. */
    JsonEvents ofAllBays() {
        return new JsonEvents(out, session, clock, Optional.of(new Place("", Optional::empty)));
    }

    String session() {
        return session;
    }

    @Override
    public void board(String name) {
        board = name;
    }

    @Override
    public void event(BayEvent event) {
        if (event instanceof BayEvent.Fota fota) {
            line(fota.event().name(), g -> {
                if (fota.percent() >= 0) {
                    g.writeNumberField("percent", fota.percent());
                }
            });
        } else if (event instanceof BayEvent.PhaseEntered entered) {
            line("PHASE", g -> g.writeStringField("phase", entered.phase().name()));
        } else if (event instanceof BayEvent.Transfer transfer) {
            line("TRANSFER", g -> transfer(g, transfer));
        } else if (event instanceof BayEvent.Log log) {
            line("LOG", g -> g.writeStringField("line", log.line()));
        } else if (event instanceof BayEvent.BoardGone gone) {
            line("LOG", g -> g.writeStringField("line", gone.message()));
        }
    }

    private static void transfer(JsonGenerator g, BayEvent.Transfer transfer) throws IOException {
        g.writeNumberField("bytes", transfer.bytes());
        number(g, "total", transfer.total());
        g.writeNumberField("bytesPerSecond", transfer.bytesPerSecond());
        number(g, "etaSeconds", transfer.etaSeconds());
    }

    private static void number(JsonGenerator g, String name, long value) throws IOException {
        if (value < 0) {
            g.writeNullField(name);
        } else {
            g.writeNumberField(name, value);
        }
    }

    @Override
    public void result(UpdateRecord result) {
        line("RESULT", g -> {
            g.writeStringField("outcome", result.reason().outcome().name());
            g.writeNumberField("exitCode", result.reason().exitCode());
            g.writeStringField("reason", result.reason().name());
            g.writeStringField("message", result.message());
            text(g, "jobId", result.jobId());
            text(g, "imageHash", result.imageHash());
            text(g, "fileSha256", result.fileSha256());
            text(g, "from", result.from());
            text(g, "to", result.to());
            text(g, "modemResult", result.modemResult());
            g.writeNumberField("seconds", rounded(result.seconds()));
            g.writeObjectFieldStart("spans");
            for (Map.Entry<String, Double> span : result.spans().entrySet()) {
                g.writeNumberField(span.getKey(), rounded(span.getValue()));
            }
            g.writeEndObject();
            g.writeNumberField("hostCpuSeconds", rounded(result.hostCpuSeconds()));
            wire(g, result.wire());
            g.writeStringField("unit", result.unit().reason().name());
            cloud(g, result.cloud());
            if (place.isPresent()) {
                text(g, "port", place.get().port().get().orElse(""));
            }
        });
    }

    private static void cloud(JsonGenerator g, Optional<CloudEnd> cloud) throws IOException {
        if (cloud.isEmpty()) {
            g.writeNullField("cloud");
            return;
        }
        g.writeObjectFieldStart("cloud");
        g.writeStringField("intended", cloud.get().intended().name());
        text(g, "answered", cloud.get().answered().orElse(""));
        g.writeEndObject();
    }

    private static void wire(JsonGenerator g, WireTotals wire) throws IOException {
        g.writeObjectFieldStart("wire");
        g.writeNumberField("sentBytes", wire.sentBytes());
        g.writeNumberField("receivedBytes", wire.receivedBytes());
        g.writeNumberField("retransmittedBytes", wire.retransmittedBytes());
        g.writeNumberField("pagesSent", wire.pagesSent());
        g.writeNumberField("pagesSkipped", wire.pagesSkipped());
        g.writeNumberField("pagesErased", wire.pagesErased());
        g.writeEndObject();
    }

    static void text(JsonGenerator g, String name, String value) throws IOException {
        if (value.isEmpty()) {
            g.writeNullField(name);
        } else {
            g.writeStringField(name, value);
        }
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    /** One event of any type; also what commands print that have data of their own. */
    void line(String type, Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator g = new PlainJson(json.createGenerator(text))) {
            g.writeStartObject();
            g.writeNumberField("schema", SCHEMA);
            g.writeStringField(
                    "time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
            g.writeStringField("session", session);
            g.writeStringField("board", board);
            g.writeStringField("type", type);
            if (place.isPresent()) {
                text(g, "bay", place.get().bay());
            }
            fields.write(g);
            g.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes every character", e);
        }
        out.println(text);
        out.flush();
    }

    /** Writes an event's own fields. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator generator) throws IOException;
    }
}
