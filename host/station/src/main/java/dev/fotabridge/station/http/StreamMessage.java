package dev.fotabridge.station.http;

import java.nio.charset.StandardCharsets;

/**
 * An event of the stream.
 *
 * @param event its type
 * @param id number that rises, with the station's start before it; empty for a message that has none
 * @param data JSON on one line
 */
record StreamMessage(String event, String id, String data) {
    /** {@return the event in the form of server-sent events (WHATWG HTML, 9.2). Tested by StreamHubTest} */
    byte[] bytes() {
        String first = id.isEmpty() ? "" : "id: " + id + "\n";
        return (first + "event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
