package dev.fotabridge.host.download.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers whoever connects with some text, and then with one byte after the other, without end. */
final class SlowServer implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;

    private final ServerSocket server;
    private final byte[] start;

    SlowServer(String start) throws IOException {
        this.start = start.getBytes(StandardCharsets.ISO_8859_1);
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "slow-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                drip(socket.getOutputStream());
            } catch (IOException e) {
                // The client went away, or the server was closed: the loop's condition knows which.
                continue;
            }
        }
    }

    private void drip(OutputStream out) throws IOException {
        out.write(start);
        while (!server.isClosed()) {
            out.write('x');
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
