package dev.fotabridge.host.jobs.paho;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * The least of an MQTT server over TLS, for what a proper one does not do: it acknowledges no publish, sends without a
 * subscription, and keeps what the handshake and the packets looked like.
 */
final class MiniBroker implements AutoCloseable {
    static final int CONNECT = 1;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PINGREQ = 12;

    /** A packet: type and flags as on the wire, and what follows the length. */
    record Packet(int type, int flags, byte[] body) {}

    /** What a client asked for in its handshake; {@code alpn} is empty without that extension. */
    record Handshake(String protocol, List<String> alpn, List<String> serverNames) {}

    final List<Packet> packets = new CopyOnWriteArrayList<>();
    final List<Handshake> handshakes = new CopyOnWriteArrayList<>();
    private final List<SSLSocket> clients = new CopyOnWriteArrayList<>();
    private final SSLServerSocket server;

    /** Serves on a free port of loopback; {@code protocols} are TLS versions. */
    MiniBroker(SSLContext tls, String... protocols) throws IOException {
        server = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        if (protocols.length > 0) {
            server.setEnabledProtocols(protocols);
        }
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    long count(int type) {
        return packets.stream().filter(packet -> packet.type == type).count();
    }

    Packet first(int type) {
        return packets.stream()
                .filter(packet -> packet.type == type)
                .findFirst()
                .orElseThrow();
    }

    /** Sends a QoS 1 message to the newest client. */
    void deliver(String topic, int packetId) throws IOException {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        byte[] packet = new byte[2 + 2 + name.length + 2 + 1];
        packet[0] = PUBLISH << 4 | 1 << 1;
        packet[1] = (byte) (packet.length - 2);
        packet[3] = (byte) name.length;
        System.arraycopy(name, 0, packet, 4, name.length);
        packet[4 + name.length] = (byte) (packetId >> 8);
        packet[5 + name.length] = (byte) packetId;
        clients.get(clients.size() - 1).getOutputStream().write(packet);
    }

    /** Sends these bytes to the newest client. */
    void send(byte[] bytes) throws IOException {
        clients.get(clients.size() - 1).getOutputStream().write(bytes);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "mini-broker");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket client = (SSLSocket) server.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                // Closed: the loop's condition knows.
                continue;
            }
        }
    }

    private void serve(SSLSocket client) {
        try (client) {
            List<String> alpn = new CopyOnWriteArrayList<>();
            client.setHandshakeApplicationProtocolSelector((socket, offered) -> {
                alpn.addAll(offered);
                return offered.get(0);
            });
            client.startHandshake();
            ExtendedSSLSession session = (ExtendedSSLSession) client.getSession();
            List<String> names = session.getRequestedServerNames().stream()
                    .map(name -> ((SNIHostName) name).getAsciiName())
                    .toList();
            handshakes.add(new Handshake(session.getProtocol(), alpn, names));
            clients.add(client);
            DataInputStream in = new DataInputStream(client.getInputStream());
            while (true) {
                answer(read(in), client.getOutputStream());
            }
        } catch (IOException e) {
            // The client went away; what it sent is kept.
            return;
        }
    }

    private Packet read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7F) << shift;
            shift += 7;
        } while (next > 0x7F);
        byte[] body = new byte[length];
        in.readFully(body);
        Packet packet = new Packet(first >> 4, first & 0x0F, body);
        packets.add(packet);
        return packet;
    }

    private static void answer(Packet packet, OutputStream out) throws IOException {
        switch (packet.type) {
            case CONNECT -> out.write(new byte[] {0x20, 2, 0, 0});
            case 8 -> out.write(new byte[] {(byte) 0x90, 3, packet.body[0], packet.body[1], 1});
            case PINGREQ -> out.write(new byte[] {(byte) 0xD0, 0});
            default -> {}
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SSLSocket client : clients) {
            client.close();
        }
    }
}
