package dev.fotabridge.station.page;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** What a proxy answers while its station is away: 502, with a page of its own. After that an EventSource never tries again. */
final class BadProxy implements AutoCloseable {
    private static final String ANSWER =
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 11\r\nConnection: close\r\n\r\nBad Gateway";

    private final ServerSocket server = new ServerSocket();
    private final AtomicInteger answered = new AtomicInteger();
    private final Thread thread = new Thread(this::serve, "bad-proxy");

    BadProxy(int port) throws IOException {
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        thread.start();
    }

    int answered() {
        return answered.get();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().read(new byte[4096]);
                client.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
                answered.incrementAndGet();
            } catch (IOException e) {
                // The client is gone, or the proxy is closed.
                continue;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
