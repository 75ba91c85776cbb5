package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;

/** What a REPLY to each request leads to. Tested by HostSessionTest. */
final class Replies {
    private final Transitions transitions;
    private final Requests requests;
    private final RateSteps rates;
    private final UploadSteps upload;
    private final ModemSteps modem;

    Replies(Transitions transitions, Requests requests, RateSteps rates, UploadSteps upload, ModemSteps modem) {
        this.transitions = transitions;
        this.requests = requests;
        this.rates = rates;
        this.upload = upload;
        this.modem = modem;
    }

    /** A REPLY to another request is ignored, and so is BUSY: the board answers again when it is done. */
    void accept(Reply reply) throws MalformedMessageException {
        if (!requests.isAnsweredBy(reply) || has(reply, ReplyCode.BUSY)) {
            return;
        }
        MessageType type = requests.settle();
        if (type == MessageType.RATE) {
            rates.answered(has(reply, ReplyCode.OK));
        } else if (has(reply, ReplyCode.OK) || isOfModem(type, reply)) {
            done(type, reply);
        } else {
            transitions.fail(Refusals.failure(reply.code()), Refusals.sentence(type.name(), reply.code()));
        }
    }

    /** A modem's refusal ends its task, not the session. RANGE says that the board closed the write. */
    private static boolean isOfModem(MessageType type, Reply reply) {
        return type == MessageType.MODEM && (has(reply, ReplyCode.MODEM) || has(reply, ReplyCode.RANGE));
    }

    private static boolean has(Reply reply, ReplyCode code) {
        return reply.code() == code.code();
    }

    private void done(MessageType type, Reply reply) throws MalformedMessageException {
        switch (type) {
            case GET_DIGESTS -> upload.compared();
            case BEGIN -> upload.begun(reply.detail());
            case VERIFY -> transitions.become(SessionState.VERIFIED, new SessionEvent.Verified());
            case MARK -> transitions.become(SessionState.MARKED, new SessionEvent.Marked());
            case CONFIRM -> transitions.become(SessionState.READY, new SessionEvent.Confirmed());
            case ABORT -> transitions.become(SessionState.ENDED, new SessionEvent.Aborted());
            case MODEM -> modem.answered(reply);
            case RESET -> transitions.close();
            default -> throw new IllegalStateException("not a request: " + type);
        }
    }
}
