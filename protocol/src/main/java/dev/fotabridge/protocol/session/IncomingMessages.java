package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.message.Digests;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Message;
import dev.fotabridge.protocol.message.Probed;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.Status;

/** Takes the messages of a session in progress: STATUS, DIGESTS, REPLY and PROBED. Tested by HostileBoardTest. */
final class IncomingMessages {
    private final Transitions transitions;
    private final Requests requests;
    private final RateSteps rates;
    private final UploadSteps upload;
    private final Replies replies;
    private StatusCheck statusCheck;

    IncomingMessages(Transitions transitions, Requests requests, RateSteps rates, UploadSteps upload, Replies replies) {
        this.transitions = transitions;
        this.requests = requests;
        this.rates = rates;
        this.upload = upload;
        this.replies = replies;
    }

    void welcomed(BoardInfo board) {
        statusCheck = new StatusCheck(board.link().streamCapacity());
        heard();
    }

    /** The board is there. */
    void heard() {
        requests.heard();
        rates.heard();
    }

    void accept(Message message) throws MalformedMessageException {
        heard();
        switch (message.type()) {
            case STATUS -> onStatus((Status) message);
            case DIGESTS -> upload.onDigests((Digests) message);
            case REPLY -> replies.accept((Reply) message);
            case PROBED -> rates.probed((Probed) message);
            default -> throw new IllegalStateException("not for a session in progress: " + message.type());
        }
        if (transitions.state().hasSession() && !requests.isOutstanding()) {
            requests.watchForAnswer();
        }
    }

    private void onStatus(Status status) throws MalformedMessageException {
        if (!requests.hasSent(status.lastNumber())) {
            throw new MalformedMessageException("STATUS names frame " + status.lastNumber() + ", which was not sent");
        }
        if (upload.isBegun() && statusCheck.isOfNewStart(status)) {
            transitions.boardStartedAnew("the board has forgotten the upload: it has started anew");
            return;
        }
        statusCheck.accept(status, upload.sentOffset());
        requests.received(status);
        upload.onStatus(status);
    }

    /** Pages that the board has erased in this session, as it counts them. */
    int erasedPages() {
        return statusCheck == null ? 0 : statusCheck.erased();
    }
}
