package dev.fotabridge.host.jobs.paho;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends the connection if the first packet is no CONNACK, since then the peer is no MQTT broker, and at the header of an MQTT
 * packet that is longer than AWS ever sends. Paho makes an array of the length that a header names before it reads on: five
 * bytes of a peer would reserve 256 MiB. Called by Paho's receiver only.
 */
final class BoundedPackets extends FilterInputStream {
    /** AWS's limit for a payload, 128 KiB, with the longest topic and what else a PUBLISH has. */
    static final int MAX_PACKET_BYTES = (128 << 10) + 1_024;

    /** A length has at most four bytes of seven bits (MQTT 3.1.1, 2.2.3). */
    private static final int MAX_SHIFT = 21;

    /** The first byte of a CONNACK, and the length that MQTT 3.1.1 gives it (3.2). */
    private static final byte CONNACK = 0x20;

    private static final int CONNACK_LENGTH = 2;

    /** Bits of the length that have come; -1 if the packet's first byte is next. */
    private int shift = -1;

    private int length;
    private boolean greeted;
    private long left;

    BoundedPackets(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        if (next >= 0) {
            take((byte) next);
        }
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int got = in.read(into, offset, count);
        int at = 0;
        while (at < got) {
            int skipped = (int) Math.min(left, got - at);
            left -= skipped;
            at += skipped;
            if (at < got) {
                take(into[offset + at++]);
            }
        }
        return got;
    }

    /** A byte of a packet's header, or of its rest. */
    private void take(byte next) throws IOException {
        if (left > 0) {
            left--;
        } else if (shift < 0) {
            require(greeted || next == CONNACK);
            shift = 0;
            length = 0;
        } else {
            takeLength(next);
        }
    }

    private void takeLength(byte next) throws IOException {
        length |= (next & 0x7F) << shift;
        if (length > MAX_PACKET_BYTES || next < 0 && shift == MAX_SHIFT) {
            throw new PacketTooLongException();
        }
        shift = next < 0 ? shift + 7 : -1;
        left = next < 0 ? 0 : length;
        if (next >= 0) {
            require(greeted || length == CONNACK_LENGTH);
            greeted = true;
        }
    }

    private static void require(boolean isMqtt) throws IOException {
        if (!isMqtt) {
            throw new NoMqttException();
        }
    }

    /** The peer's first bytes are no CONNACK of MQTT 3.1.1. */
    static final class NoMqttException extends IOException {
        private static final long serialVersionUID = 1;

        NoMqttException() {
            super("no CONNACK");
        }
    }

    /** The peer announced a packet that is longer than the limit. */
    static final class PacketTooLongException extends IOException {
        private static final long serialVersionUID = 1;

        PacketTooLongException() {
            super("an MQTT packet of more than " + MAX_PACKET_BYTES + " bytes");
        }
    }
}
