package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.message.Data;
import dev.fotabridge.protocol.message.Hello;
import dev.fotabridge.protocol.message.Message;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Ping;
import dev.fotabridge.protocol.message.Probe;
import dev.fotabridge.protocol.rate.RateControl;
import dev.fotabridge.protocol.upload.UploadRun;
import dev.fotabridge.protocol.window.InFlight;
import dev.fotabridge.protocol.window.Span;
import java.nio.ByteBuffer;

/**
 * Chooses the next frame. Callers only note what is due; when the driver has room, the most urgent of it becomes a frame: HELLO, the
 * request, PING, then the upload's next piece. All but HELLO and PING wait until the board has room too; SPEC.md section 6.3.
 * Tested by HostSessionTest.
 */
final class Sender {
    private static final int PROBE_WIRE_BYTES = FrameEncoder.maxWireBytes(256);

    private final Transmitter transmitter;
    private final Hello hello;
    private final PendingRequest request = new PendingRequest();

    private boolean helloDue;
    private int hellosSent;
    private boolean pingDue;
    private int lineCapacity;
    private long retransmittedBytes;

    Sender(int session, Hello hello) {
        this.transmitter = new Transmitter(session);
        this.hello = hello;
    }

    void sayHello() {
        helloDue = true;
    }

    void ping() {
        pingDue = true;
    }

    /** WELCOME came: no more HELLO. @param capacity wire bytes that the board's receive buffers hold */
    void welcomed(int capacity) {
        helloDue = false;
        lineCapacity = capacity;
    }

    /** Timeout: sends the request again. If there is none, or it has no room until older frames are acknowledged, sends PING. */
    void askAgain() {
        request.repeat();
        pingDue = !request.isOutstanding() || !fits(request.wireBytes());
    }

    /** Appends the current frame's rest, as far as there is room. Returns true if nothing is left of it. */
    boolean drain(ByteBuffer into) {
        return transmitter.drain(into);
    }

    /**
     * Starts the most urgent frame that the line's rate allows. Called when nothing is left of the frame before.
     *
     * @param sending the upload whose pieces may go out now, or null
     * @return the type of the frame, or null if none was started
     */
    MessageType startNext(RateControl rates, UploadRun sending, long nowNanos) {
        return switch (rates.outgoing()) {
            case EVERYTHING -> startNext(sending, nowNanos);
            case EVERYTHING_BUT_DATA -> startNext(null, nowNanos);
            case REQUEST_ONLY -> startRequest(nowNanos);
            case PROBES_ONLY -> startProbe(rates, nowNanos);
            case NOTHING -> null;
        };
    }

    private MessageType startNext(UploadRun sending, long nowNanos) {
        if (helloDue) {
            helloDue = false;
            hellosSent++;
            return start(hello, nowNanos);
        }
        MessageType asked = startRequest(nowNanos);
        if (asked != null) {
            return asked;
        }
        if (pingDue) {
            pingDue = false;
            return start(new Ping(), nowNanos);
        }
        return sending == null ? null : startData(sending, nowNanos);
    }

    private MessageType startRequest(long nowNanos) {
        if (!request.isDue() || !fits(request.wireBytes())) {
            return null;
        }
        Transmitter.Sent sent = transmitter.start(request.take(), nowNanos);
        request.sentAs(sent.number());
        return request.type();
    }

    private MessageType startProbe(RateControl rates, long nowNanos) {
        Probe probe = rates.nextProbe();
        if (probe == null || !fits(PROBE_WIRE_BYTES)) {
            return null;
        }
        rates.probeSent(probe, transmitter.start(probe, nowNanos).number(), nowNanos);
        return MessageType.PROBE;
    }

    private MessageType start(Message message, long nowNanos) {
        transmitter.start(message, nowNanos);
        return message.type();
    }

    private MessageType startData(UploadRun sending, long nowNanos) {
        Span span = sending.next();
        if (span == null || !fits(FrameEncoder.maxWireBytes(Data.OVERHEAD_BYTES + span.length()))) {
            return null;
        }
        Transmitter.Sent sent = transmitter.start(sending.data(span), nowNanos);
        sending.sent(span, sent.number());
        if (span.again()) {
            retransmittedBytes += sent.wireBytes();
        }
        return MessageType.DATA;
    }

    private boolean fits(int wireBytes) {
        return inFlight().bytes() + wireBytes <= lineCapacity;
    }

    PendingRequest request() {
        return request;
    }

    InFlight inFlight() {
        return transmitter.inFlight();
    }

    boolean hasSent(int frameNumber) {
        return transmitter.hasSent(frameNumber);
    }

    int hellosSent() {
        return hellosSent;
    }

    long sentBytes() {
        return transmitter.sentBytes();
    }

    long retransmittedBytes() {
        return retransmittedBytes;
    }
}
