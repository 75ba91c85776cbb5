package dev.fotabridge.host.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.http.ForwardProxy;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT, and what a hostile or broken proxy may answer to it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("real")
class TunnelIT {
    private static final int LONG = 30_000;
    private static final int SHORT = 300;

    private ForwardProxy proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = ForwardProxy.start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private ProxyServer server(String user) {
        return ProxyUrl.parse(user + "127.0.0.1:" + proxy.port(), "--proxy", Optional.empty());
    }

    private ProxyException refusal(ProxyServer through, int limitMillis) throws IOException {
        try (Socket socket = new Socket()) {
            return assertThrows(
                    ProxyException.class, () -> Tunnel.open(socket, through, "data.iot.example", 8883, limitMillis));
        }
    }

    /** What follows the head at once is the far host's; a greeting that is swallowed is lost for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 Connection established\r\n\r\n",
                "HTTP/1.0 200\r\nVia: x\r\nX: \r\n\r\n",
                "HTTP/1.1 299 fine\nX: y\n\n",
                "HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 103 x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
            })
    void notAByteOfTheFarHostIsSwallowed(String head) throws IOException {
        proxy.answers(head + "HELLO\r\n\r\n");
        try (Socket socket = new Socket()) {
            Tunnel.open(socket, server(""), "data.iot.example", 8883, LONG);
            assertArrayEquals(
                    "HELLO\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                    socket.getInputStream().readAllBytes());
            assertEquals(LONG, socket.getSoTimeout());
        }
    }

    /** The name is the proxy's to look up; nobody here knows data.iot.example. */
    @Test
    void asksForTheHostByNameAndSaysWhoWeAre() throws IOException {
        proxy.wants("user", "pass:word");
        assertEquals(
                Reason.CLOUD_UNREACHABLE,
                refusal(server("user:pass%3Aword@"), LONG).reason());
        assertEquals(
                "CONNECT data.iot.example:8883 HTTP/1.1\r\nHost: data.iot.example:8883\r\n"
                        + "Proxy-Authorization: Basic dXNlcjpwYXNzOndvcmQ=\r\n\r\n",
                proxy.requests().get(0));
        try (Socket socket = new Socket()) {
            assertThrows(ProxyException.class, () -> Tunnel.open(socket, server(""), "fd00::1", 443, LONG));
        }
        assertTrue(proxy.requests().get(1).startsWith("CONNECT [fd00::1]:443 HTTP/1.1\r\nHost: [fd00::1]:443\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\r\nX: y", "a/b", "", "a@b"})
    void aHostThatWouldBreakTheRequestIsRefused(String host) throws IOException {
        try (Socket socket = new Socket()) {
            assertThrows(IllegalArgumentException.class, () -> Tunnel.open(socket, server(""), host, 443, LONG));
        }
        assertEquals(0, proxy.requests().size());
    }

    @ParameterizedTest
    @CsvSource({
        "407, '', PROXY_REFUSED, wants a user and a password",
        "407, user:secret@, PROXY_REFUSED, does not take our user and password",
        "403, '', PROXY_REFUSED, does not let us connect to data.iot.example:8883 (status 403)",
        "405, '', PROXY_REFUSED, (status 405)",
        "302, '', PROXY_REFUSED, (status 302)",
        "502, '', CLOUD_UNREACHABLE, finds no way to data.iot.example:8883 (status 502)",
        "503, '', CLOUD_UNREACHABLE, (status 503)",
        "504, '', CLOUD_UNREACHABLE, (status 504)",
        "500, '', CLOUD_UNREACHABLE, (status 500)"
    })
    void aRefusalIsSaidInWords(int status, String user, Reason reason, String part) throws IOException {
        proxy.answers("HTTP/1.1 " + status + " x\r\nLocation: http://evil.example/\r\n\r\n<html>");
        ProxyException failure = refusal(server(user), LONG);
        assertEquals(reason, failure.reason());
        assertEquals(reason == Reason.CLOUD_UNREACHABLE, failure.isTransient());
        assertTrue(failure.getMessage().contains("127.0.0.1:" + proxy.port()), failure.getMessage());
        assertTrue(failure.getMessage().contains(part), failure.getMessage());
        assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "'SSH-2.0-OpenSSH_9.2', does not answer as an HTTP proxy does",
        "'HTTP/2 200\r\n\r\n', does not answer as an HTTP proxy does",
        "'HTTP/1.1 999 x\r\n\r\n', does not answer as an HTTP proxy does",
        "'HTTP/1.1 2000 x\r\n\r\n', does not answer as an HTTP proxy does",
        "'HTTP/1.1  200\r\n\r\n', does not answer as an HTTP proxy does",
        "'\r\n', does not answer as an HTTP proxy does",
        "'', closes the connection instead of answering",
        "'HTTP/1.1 200 OK\r\nX: y\r\n', breaks off in the middle"
    })
    void whatIsNoProxysAnswerIsSaid(String answer, String part) throws IOException {
        proxy.answers(answer);
        ProxyException failure = refusal(server(""), LONG);
        assertEquals(Reason.PROXY_UNREACHABLE, failure.reason());
        assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX: yyyyyyyyyyyyyyyyyyyyyy\r\n", "HTTP/1.1 100 x\r\n\r\n"})
    void anEndlessAnswerIsCutOff(String answer) throws IOException {
        proxy.answersForEver(answer);
        ProxyException failure = refusal(server(""), LONG);
        assertTrue(failure.getMessage().contains("more than 16384 bytes"), failure.getMessage());
    }

    @Test
    void anEndlessFirstLineIsCutOff() throws IOException {
        ConnectReply reply = new ConnectReply(server(""), "a:1");
        for (char c : "HTTP/1.1 200 ".toCharArray()) {
            reply.take(c);
        }
        assertThrows(ProxyException.class, () -> {
            for (int i = 0; i < ConnectReply.MAX_HEAD_BYTES; i++) {
                reply.take('x');
            }
        });
    }

    @Test
    void silenceHasAnEnd() throws IOException {
        proxy.stalls();
        ProxyException failure = refusal(server(""), SHORT);
        assertEquals(Reason.PROXY_UNREACHABLE, failure.reason());
        assertTrue(failure.getMessage().contains("does not answer within"), failure.getMessage());
    }

    /** Each byte comes within a time-out of its own; the limit is that of the whole answer. */
    @Test
    void dripsHaveAnEnd() throws Exception {
        try (ServerSocket dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> drip(dripping));
            thread.start();
            ProxyServer slow = ProxyUrl.parse("127.0.0.1:" + dripping.getLocalPort(), "--proxy", Optional.empty());
            assertTrue(refusal(slow, SHORT).getMessage().contains("does not answer within"));
            thread.join();
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                client.getOutputStream().write('x');
                Thread.sleep(SHORT / 10);
            }
        } catch (IOException | InterruptedException e) {
            // It has been cut off.
            return;
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamedWithItsOrigin() throws IOException {
        proxy.close();
        ProxyException failure = refusal(server(""), LONG);
        assertEquals(Reason.PROXY_UNREACHABLE, failure.reason());
        assertTrue(failure.getMessage().contains("127.0.0.1:" + proxy.port() + " of --proxy"), failure.getMessage());
        ProxyServer unknown = ProxyUrl.parse("nowhere.invalid:3128", "HTTPS_PROXY", Optional.empty());
        assertEquals(
                "DNS does not know the proxy nowhere.invalid:3128 of HTTPS_PROXY.",
                refusal(unknown, LONG).getMessage());
    }

    /** Whoever waits for the tunnel is ended by closing the socket, and is told of no proxy's fault. */
    @Test
    void closingTheSocketEndsTheWait() throws Exception {
        proxy.stalls();
        Socket socket = new Socket();
        try {
            Thread closer = new Thread(() -> {
                await().until(() -> proxy.requests().size() == 1);
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            closer.start();
            assertThrows(SocketException.class, () -> Tunnel.open(socket, server(""), "a.example", 443, LONG));
            closer.join();
        } finally {
            socket.close();
        }
    }
}
