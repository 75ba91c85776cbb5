package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;
import dev.fotabridge.protocol.message.Request;
import dev.fotabridge.protocol.message.Status;

/** The one request that is outstanding, and whether it wants to be sent (again). */
final class PendingRequest {
    private Request request;
    private boolean due;
    private int firstNumber = -1;
    private int wireBytes;

    void put(Request fresh) {
        request = fresh;
        wireBytes = FrameEncoder.maxWireBytes(MessageCodec.encode(fresh).length);
        due = true;
        firstNumber = -1;
    }

    void clear() {
        request = null;
        due = false;
        firstNumber = -1;
    }

    boolean isOutstanding() {
        return request != null;
    }

    /** True if a request of this type is outstanding. */
    boolean is(MessageType type) {
        return isOutstanding() && request.type() == type;
    }

    boolean isDue() {
        return due;
    }

    /** It wants to be sent again. */
    void repeat() {
        due = request != null;
    }

    /** To be sent now. */
    Request take() {
        due = false;
        return request;
    }

    /** It left in the frame of this number. */
    void sentAs(int number) {
        if (firstNumber < 0) {
            firstNumber = number;
        }
    }

    /** The frame that carried it first: any answer says that this frame is settled. */
    int firstNumber() {
        return firstNumber;
    }

    /** What its frame takes on the line at most. */
    int wireBytes() {
        return wireBytes;
    }

    MessageType type() {
        return request.type();
    }

    boolean hasTag(int tag) {
        return request != null && request.tag() == tag;
    }

    /** A stub that could not read the tag answers with tag 0. */
    boolean isAnsweredBy(Reply reply) {
        if (firstNumber < 0 || reply.request() != request.type().code()) {
            return false;
        }
        boolean unread = reply.code() == ReplyCode.UNSUPPORTED.code() || reply.code() == ReplyCode.MALFORMED.code();
        return reply.tag() == request.tag() || (unread && reply.tag() == 0);
    }

    /** The board is at it. */
    boolean isWorkedOn(Status status) {
        return request != null && status.busy() == request.type().code();
    }

    @Override
    public String toString() {
        return request == null ? "none" : request.type() + "#" + request.tag();
    }
}
