package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;
import dev.fotabridge.protocol.modem.ModemListener;
import dev.fotabridge.protocol.modem.ModemRun;
import dev.fotabridge.protocol.modem.ModemTask;
import dev.fotabridge.protocol.session.Timers.Timer;

/** Takes one {@link ModemRun} from request to request; SPEC.md section 11. Tested by HostileBoardTest. */
final class ModemSteps {
    /** Nanoseconds between two questions whether an erase is over. */
    private static final long POLL = 1_000_000_000L;

    private final Transitions transitions;
    private final Requests requests;
    private final RateSteps rates;
    private final Timers timers;
    private final ModemListener listener;
    private ModemRun run;

    ModemSteps(Transitions transitions, Requests requests, RateSteps rates, Timers timers, ModemListener listener) {
        this.transitions = transitions;
        this.requests = requests;
        this.rates = rates;
        this.timers = timers;
        this.listener = listener;
    }

    void start(ModemTask task, BoardInfo board) {
        transitions.become(SessionState.MODEM);
        run = new ModemRun(task, board, listener);
        resume();
    }

    /** Sends the next request, once the rate is settled. */
    void resume() {
        boolean settled = rates.isSettled(run.bytesLeft(), null);
        if (settled && !requests.isOutstanding() && !timers.isArmed(Timer.MODEM_POLL)) {
            askNext();
        }
    }

    /** Sends the next request; also when the timer MODEM_POLL is due. */
    void askNext() {
        requests.ask(run.next(requests.nextTag()));
    }

    /** @param reply to the request that was sent last, with any code but BUSY */
    void answered(Reply reply) throws MalformedMessageException {
        if (reply.code() == ReplyCode.RANGE.code()) {
            transitions.fail(SessionFailure.LINK_LOST, "the modem's write was closed in the middle of it");
            return;
        }
        switch (run.answered(reply)) {
            case ASK -> askNext();
            case ASK_LATER -> timers.armAfter(Timer.MODEM_POLL, POLL);
            case END -> transitions.become(SessionState.READY);
        }
    }
}
