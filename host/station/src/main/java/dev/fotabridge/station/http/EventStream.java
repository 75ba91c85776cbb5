package dev.fotabridge.station.http;

import dev.fotabridge.station.control.BayLine;
import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.text.RecordJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one page's stream on the server's thread: snapshot, then events, and a heartbeat after {@value #HEARTBEAT_MILLIS} ms of
 * silence. A write that blocks for {@link StationServer#IDLE_MILLIS} fails, and the page is dropped. Tested by EventStreamIT.
 */
final class EventStream {
    /** A page takes the station for lost after 12 s, so it may miss one heartbeat. */
    static final int HEARTBEAT_MILLIS = 5_000;

    private static final StreamMessage HEARTBEAT = new StreamMessage("heartbeat", "", "{}");

    private final StationControl control;
    private final StreamHub hub;

    EventStream(StationControl control, StreamHub hub) {
        this.control = control;
        this.hub = hub;
    }

    void serve(Context context, Optional<Integer> bay) throws IOException, InterruptedException {
        StreamHub.Opening opening = hub.open(bay);
        try {
            context.contentType("text/event-stream; charset=utf-8");
            // nginx would collect events otherwise.
            context.header("X-Accel-Buffering", "no");
            // Jetty's own stream: the one of Javalin does not flush.
            write(context.res().getOutputStream(), opening, bay);
        } finally {
            hub.remove(opening.client());
        }
    }

    private void write(OutputStream out, StreamHub.Opening opening, Optional<Integer> bay)
            throws IOException, InterruptedException {
        send(out, List.of(snapshot(opening, bay)));
        StreamClient client = opening.client();
        for (List<StreamMessage> messages = client.take(HEARTBEAT_MILLIS);
                !messages.isEmpty() || !client.isClosed();
                messages = client.take(HEARTBEAT_MILLIS)) {
            send(out, messages.isEmpty() ? List.of(HEARTBEAT) : messages);
        }
    }

    /** The lines are read after the client was added: one that comes now is perhaps sent twice, and its number shows it. */
    private StreamMessage snapshot(StreamHub.Opening opening, Optional<Integer> bay) {
        List<BayLine> lines = bay.map(control::lines).orElse(List.of());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("station", opening.station());
        data.put("bays", opening.bays());
        data.put("lines", lines);
        return new StreamMessage("snapshot", opening.id(), RecordJson.of(data));
    }

    private static void send(OutputStream out, List<StreamMessage> messages) throws IOException {
        for (StreamMessage message : messages) {
            out.write(message.bytes());
        }
        out.flush();
    }
}
