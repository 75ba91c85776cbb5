package dev.fotabridge.station.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request whose every byte a test decides: Java's client does not send a Host, nor an Origin, of another name. */
final class RawRequest {
    private RawRequest() {}

    /** Sends lines, and returns all that comes until the server closes. The request must say {@code Connection: close}. */
    static String send(int port, String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
