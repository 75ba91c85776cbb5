package dev.fotabridge.protocol.session;

/**
 * Holds the session's state and tells the driver what happened. Nothing else changes the state, and each transition is asked for in one place:
 *
 * <ul>
 *   <li>{@link ConnectSteps}: CONNECTING, and READY when WELCOME came;
 *   <li>{@link UploadSteps}: COMPARING, BEGINNING, SENDING, VERIFYING, MARKING, and READY after a comparison;
 *   <li>{@link ModemSteps}: MODEM, and READY when its task is over;
 *   <li>{@link HostSession}: CONFIRMING, ABORTING, RESETTING, each by its command;
 *   <li>{@link Replies}: VERIFIED, MARKED, READY after CONFIRM, ENDED, CLOSED, when the board has answered;
 *   <li>{@link IncomingFrames} and {@link IncomingMessages}: CLOSED, when the board starts anew after RESET;
 *   <li>whichever class finds a failure: FAILED.
 * </ul>
 * Tested by HostSessionTest.
 */
final class Transitions {
    private final EventQueue events;
    private final ConsoleLines console;
    private final PendingRequest request;
    private final Timers timers;
    private SessionState state = SessionState.IDLE;

    Transitions(EventQueue events, ConsoleLines console, PendingRequest request, Timers timers) {
        this.events = events;
        this.console = console;
        this.request = request;
        this.timers = timers;
    }

    SessionState state() {
        return state;
    }

    boolean is(SessionState wanted) {
        return state == wanted;
    }

    /** @throws IllegalStateException if {@link SessionState} does not allow it: a fault of the session itself */
    void become(SessionState next) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException("from " + state + " to " + next);
        }
        state = next;
    }

    void become(SessionState next, SessionEvent event) {
        become(next);
        events.add(event);
    }

    /** Tells the driver something that changes no state. */
    void tell(SessionEvent event) {
        events.add(event);
    }

    /** Ends the session, unless it is over. @param text one sentence with what was expected and what was seen */
    void fail(SessionFailure failure, String text) {
        failAtPage(-1, failure, text);
    }

    /** Ends the session because of a page of the slot. */
    void failAtPage(int page, SessionFailure failure, String text) {
        if (!state.isOver()) {
            end(SessionState.FAILED, new SessionEvent.Failed(failure, text, page));
        }
    }

    /** The board has started anew: it carried out RESET, or it has lost the session. */
    void boardStartedAnew(String text) {
        if (is(SessionState.RESETTING)) {
            close();
        } else {
            fail(SessionFailure.BOARD_RESTARTED, text);
        }
    }

    /** The board resets, as it was asked to. */
    void close() {
        end(SessionState.CLOSED, new SessionEvent.Resetting());
    }

    private void end(SessionState last, SessionEvent event) {
        console.flush();
        become(last, event);
        request.clear();
        timers.clear();
    }
}
