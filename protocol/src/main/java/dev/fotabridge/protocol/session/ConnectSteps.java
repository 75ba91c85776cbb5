package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.WelcomeReader;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Welcome;
import dev.fotabridge.protocol.rate.RateControl;
import dev.fotabridge.protocol.session.Timers.Timer;

/** Says HELLO until the board answers with WELCOME; SPEC.md section 4. Tested by HostSessionTest. */
final class ConnectSteps {
    private final long connectLimit;
    private final Sender sender;
    private final Timers timers;
    private final Transitions transitions;
    private final Requests requests;
    private final RateControl rate;
    private BoardInfo board;

    ConnectSteps(
            long connectLimitNanos,
            Sender sender,
            Timers timers,
            Transitions transitions,
            Requests requests,
            RateControl rate) {
        this.connectLimit = connectLimitNanos;
        this.sender = sender;
        this.timers = timers;
        this.transitions = transitions;
        this.requests = requests;
        this.rate = rate;
    }

    void start() {
        transitions.become(SessionState.CONNECTING);
        timers.armAfter(Timer.CONNECT_LIMIT, connectLimit);
        sayHello();
    }

    /** The timer HELLO is due. */
    void sayHello() {
        sender.sayHello();
        timers.armAfter(Timer.HELLO, rate.nextHello(timers.now()));
    }

    /** No WELCOME came within the limit. @param receivedBytes bytes of any kind that came */
    void limitReached(long receivedBytes) {
        if (receivedBytes == 0) {
            transitions.fail(SessionFailure.LINK_LOST, "nothing answered");
        } else {
            transitions.fail(SessionFailure.NOT_A_STUB, receivedBytes + " bytes came, but no WELCOME was among them");
        }
    }

    /**
     * Takes the WELCOME that answers this session's HELLO.
     *
     * @return false if the board speaks no version of this host; the session has failed then
     */
    boolean welcomed(Welcome welcome) throws MalformedMessageException {
        if (welcome.version() == 0) {
            String theirs = WelcomeReader.versions(welcome);
            transitions.fail(
                    SessionFailure.VERSION,
                    "the board speaks DK Link " + theirs + ", this host " + WelcomeReader.VERSION);
            return false;
        }
        board = WelcomeReader.read(welcome);
        timers.cancel(Timer.HELLO);
        timers.cancel(Timer.CONNECT_LIMIT);
        sender.welcomed(board.link().lineCapacity());
        rate.welcomed(board.link().rates(), timers.now());
        requests.welcomed(board);
        transitions.become(SessionState.READY, new SessionEvent.Connected(board));
        timers.keepAlive();
        return true;
    }

    /** What the board said in WELCOME; null before. */
    BoardInfo board() {
        return board;
    }
}
