package dev.fotabridge.station.http;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Reads a stream of events over a socket of its own, or does not read it at all. */
final class EventReader implements Closeable {
    private static final int SMALL_BUFFER = 4_096;

    private final Socket socket = new Socket();
    private BufferedReader in;

    /** An event as it came. */
    record Event(String id, String type, String data) {}

    /** Asks for a stream; nothing is read yet. */
    EventReader(StationServer server, String path) throws IOException {
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        // Version 1.0, so that the body comes without chunks.
        String request = "GET " + path + " HTTP/1.0\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the next event; null at the end of the stream. */
    Event next() throws IOException {
        if (in == null) {
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }
        String id = "";
        String type = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("event: ")) {
                type = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                return new Event(id, type, line.substring("data: ".length()));
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
