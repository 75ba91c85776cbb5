package dev.fotabridge.protocol.message;

/** The typed content of a frame. Byte arrays are not copied and must not change. */
public sealed interface Message
        permits Hello, Ping, Data, Request, Probe, Welcome, Status, Digests, Reply, NoSession, Booted, Probed {
    /** The type that goes with this record. */
    MessageType type();

    /** Appends the payload. */
    void write(PayloadWriter out);
}
