package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameFault;
import dev.fotabridge.protocol.frame.FrameSink;
import dev.fotabridge.protocol.message.Booted;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Welcome;
import dev.fotabridge.protocol.rate.RateControl;
import dev.fotabridge.protocol.window.FrameNumber;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decides which frames belong to this session, and are new; SPEC.md section 4. WELCOME, BOOTED and NO_SESSION say whether the board still
 * has the session. A frame that breaks the specification ends the session.
 * Tested by HostileBoardTest.
 */
final class IncomingFrames implements FrameSink {
    /** Noise puts a CR in front of an LF once in 65 536 bytes of noise. This many are no noise. */
    private static final int MOST_CHANGED_LINE_ENDS = 3;

    private final byte[] nonce;
    private final int session;
    private final Transitions transitions;
    private final Requests requests;
    private final ConnectSteps connection;
    private final IncomingMessages messages;
    private final ConsoleLines console;
    private final RateControl rate;
    private int newestNumber;
    private long damagedFrames;
    private int changedLineEnds;

    IncomingFrames(
            byte[] nonce,
            Transitions transitions,
            Requests requests,
            ConnectSteps connection,
            IncomingMessages messages,
            ConsoleLines console,
            RateControl rate) {
        this.nonce = nonce;
        this.session = sessionOf(nonce);
        this.transitions = transitions;
        this.requests = requests;
        this.connection = connection;
        this.messages = messages;
        this.console = console;
        this.rate = rate;
    }

    /** The session's number in each frame: the nonce's first two bytes. */
    static int sessionOf(byte[] nonce) {
        return (nonce[0] & 0xFF) | (nonce[1] & 0xFF) << 8;
    }

    @Override
    public void frame(Frame frame) {
        Optional<MessageType> type = MessageType.of(frame.type());
        if (transitions.state().isOver() || type.isEmpty()) {
            return;
        }
        try {
            accept(type.get(), frame);
        } catch (MalformedMessageException e) {
            transitions.fail(SessionFailure.PROTOCOL, "the board broke the protocol: " + e.getMessage());
        }
    }

    @Override
    public void text(byte[] bytes) {
        console.add(bytes);
    }

    @Override
    public void damaged(FrameFault fault) {
        damagedFrames++;
        if (fault == FrameFault.LINE_ENDS && ++changedLineEnds == MOST_CHANGED_LINE_ENDS) {
            transitions.fail(
                    SessionFailure.LINE_CHANGED,
                    "something on the line turns LF into CR LF: a terminal server, or a pseudo-terminal that is"
                            + " not raw");
        }
        rate.damaged();
    }

    /** Chunks that were neither frames nor text. */
    long damagedFrames() {
        return damagedFrames;
    }

    private void accept(MessageType type, Frame frame) throws MalformedMessageException {
        boolean ours = frame.session() == session;
        boolean inSession = transitions.state().hasSession();
        if (type == MessageType.BOOTED && inSession) {
            onBooted((Booted) MessageCodec.decode(type, frame.payload()));
        } else if (type == MessageType.NO_SESSION && ours && inSession) {
            MessageCodec.decode(type, frame.payload());
            transitions.boardStartedAnew("the board knows nothing of this session any more");
        } else if (type == MessageType.WELCOME && ours) {
            onWelcome((Welcome) MessageCodec.decode(type, frame.payload()), frame.number());
        } else if (type.fromStub() && ours && inSession && isNew(frame.number())) {
            messages.accept(MessageCodec.decode(type, frame.payload()));
        }
    }

    /** False for a frame that the line repeated: its number is not above the newest. */
    private boolean isNew(int number) {
        boolean fresh = !FrameNumber.atOrBefore(number, newestNumber);
        if (fresh) {
            newestNumber = number;
        }
        return fresh;
    }

    private void onBooted(Booted booted) {
        if (!Arrays.equals(booted.bootId(), requests.bootId())) {
            transitions.boardStartedAnew("the board has started anew");
        }
    }

    private void onWelcome(Welcome welcome, int number) throws MalformedMessageException {
        if (!Arrays.equals(welcome.nonce(), nonce)) {
            return;
        }
        boolean inSession = transitions.state().hasSession();
        if (transitions.is(SessionState.CONNECTING)) {
            newestNumber = number;
            if (connection.welcomed(welcome)) {
                messages.welcomed(connection.board());
            }
        } else if (inSession && !Arrays.equals(welcome.bootId(), requests.bootId())) {
            transitions.boardStartedAnew("the board has started anew");
        } else if (inSession && isNew(number)) {
            messages.heard();
        }
    }
}
