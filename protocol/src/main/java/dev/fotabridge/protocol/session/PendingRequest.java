package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;
import dev.fotabridge.protocol.message.Request;
import dev.fotabridge.protocol.message.Status;

/** The one outstanding request, and whether it is due to be sent or sent again. Tested by HostSessionTest. */
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

    /** Returns whether a request of this type is outstanding. */
    boolean is(MessageType type) {
        return isOutstanding() && request.type() == type;
    }

    boolean isDue() {
        return due;
    }

    /** Makes the request due again. */
    void repeat() {
        due = request != null;
    }

    /** Returns the request, which is sent now. */
    Request take() {
        due = false;
        return request;
    }

    /** The request left in the frame of this number. */
    void sentAs(int number) {
        if (firstNumber < 0) {
            firstNumber = number;
        }
    }

    /** Returns the number of the frame that carried it first. Any answer acknowledges this frame. */
    int firstNumber() {
        return firstNumber;
    }

    /** Returns how many wire bytes its frame takes at most. */
    int wireBytes() {
        return wireBytes;
    }

    MessageType type() {
        return request.type();
    }

    boolean hasTag(int tag) {
        return request != null && request.tag() == tag;
    }

    /** Returns whether this is the answer. A stub that could not read the tag answers with tag 0. */
    boolean isAnsweredBy(Reply reply) {
        if (firstNumber < 0 || reply.request() != request.type().code()) {
            return false;
        }
        boolean unread = reply.code() == ReplyCode.UNSUPPORTED.code() || reply.code() == ReplyCode.MALFORMED.code();
        return reply.tag() == request.tag() || (unread && reply.tag() == 0);
    }

    /** Returns whether the board says that it works on the request. */
    boolean isWorkedOn(Status status) {
        return request != null && status.busy() == request.type().code();
    }

    @Override
    public String toString() {
        return request == null ? "none" : request.type() + "#" + request.tag();
    }
}
