package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.board.WelcomeReader;
import dev.fotabridge.protocol.frame.FrameDecoder;
import dev.fotabridge.protocol.message.Abort;
import dev.fotabridge.protocol.message.Confirm;
import dev.fotabridge.protocol.message.Hello;
import dev.fotabridge.protocol.message.Item;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Reset;
import dev.fotabridge.protocol.modem.ModemTask;
import dev.fotabridge.protocol.rate.RateControl;
import dev.fotabridge.protocol.session.Timers.Timer;
import dev.fotabridge.protocol.time.Deadline;
import dev.fotabridge.protocol.upload.Upload;
import dev.fotabridge.protocol.upload.UploadRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The host's half of DK Link; SPEC.md section 7. One object is one session with one board: after {@code Failed},
 * {@code Resetting} or {@code Aborted} make a new one.
 *
 * <p>Commands never block, and are legal only in the state that each of them names; otherwise they throw
 * {@link IllegalStateException}. Their outcome is an event. A session may fail while the caller still handles an
 * earlier event. A command does nothing while {@code Failed} waits to be polled, so the caller need not check for it.
 *
 * <p>Theory of operation: {@link IncomingFrames} takes frames one by one, and {@link ConnectSteps},
 * {@link UploadSteps}, {@link ModemSteps} and {@link RateSteps} decide what follows. They note in {@link Sender} what
 * is due; {@link #transmit} starts the most urgent message when there is room on the line. {@link Transitions} holds
 * the state and says who may change it. A board that breaks the specification ends the session with a sentence, never
 * with an exception.
 */
public final class HostSession implements Peer {
    private static final int NONCE_BYTES = 8;
    private static final long TEXT_SILENCE = 100_000_000L;
    private static final long NANOS_IN_A_SECOND = 1_000_000_000L;

    private final SessionConfig config;
    private final Timers timers;
    private final EventQueue events = new EventQueue();
    private final ConsoleLines console = new ConsoleLines(line -> events.add(new SessionEvent.ConsoleLine(line)));
    private final Sender sender;
    private final Transitions transitions;
    private final Requests requests;
    private final RateControl rate;
    private final RateSteps rates;
    private final ConnectSteps connection;
    private final UploadSteps upload;
    private final ModemSteps modem;
    private final IncomingMessages messages;
    private final IncomingFrames frames;
    private final FrameDecoder decoder;
    private long receivedBytes;

    /** @param nonce 8 fresh random bytes; two sessions never share one */
    public HostSession(SessionConfig config, byte[] nonce, long nowNanos) {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("nonce of " + nonce.length + " bytes");
        }
        byte[] own = nonce.clone();
        this.config = config;
        timers = new Timers(nowNanos);
        sender = new Sender(IncomingFrames.sessionOf(own), hello(config, own));
        transitions = new Transitions(events, console, sender.request(), timers);
        requests = new Requests(sender, timers, transitions, config.silenceLimitNanos());
        rate = new RateControl(config.rates());
        rates = new RateSteps(rate, sender, timers, transitions, requests, this::resume);
        connection = new ConnectSteps(config.connectLimitNanos(), sender, timers, transitions, requests, rate);
        upload = new UploadSteps(transitions, requests, rates, sender, own);
        modem = new ModemSteps(transitions, requests, rates, timers, new ModemEvents(events));
        Replies replies = new Replies(transitions, requests, rates, upload, modem);
        messages = new IncomingMessages(transitions, requests, rates, upload, replies);
        frames = new IncomingFrames(own, transitions, requests, connection, messages, console, rate);
        decoder = new FrameDecoder(true, frames);
    }

    private static Hello hello(SessionConfig config, byte[] nonce) {
        Item software = new Item(Item.SOFTWARE, config.software().getBytes(StandardCharsets.US_ASCII));
        return new Hello(WelcomeReader.VERSION, WelcomeReader.VERSION, nonce, List.of(software));
    }

    // Commands.

    /** In IDLE: repeats HELLO until {@code Connected} or {@code Failed}. */
    public void connect(long nowNanos) {
        if (accepts(transitions.is(SessionState.IDLE), "connect", nowNanos)) {
            connection.start();
        }
    }

    /**
     * In READY, once a session: {@code UploadPlanned}, {@code Progress}..., then {@code Verified} or {@code Failed}.
     */
    public void upload(Upload what, long nowNanos) {
        startUpload(what, false, nowNanos);
    }

    /** In READY, before any upload: {@code Compared}, or {@code Failed}. Nothing is changed on the board. */
    public void compareSlot(Upload what, long nowNanos) {
        startUpload(what, true, nowNanos);
    }

    private void startUpload(Upload what, boolean onlyCompares, long nowNanos) {
        if (accepts(transitions.is(SessionState.READY) && !upload.isStarted(), "upload", nowNanos)) {
            upload.start(what, connection.board(), onlyCompares);
        }
    }

    /** In VERIFIED: {@code Marked} or {@code Failed}. */
    public void mark(long nowNanos) {
        if (accepts(transitions.is(SessionState.VERIFIED), "mark", nowNanos)) {
            upload.mark();
        }
    }

    /**
     * In any state with a session, unless a request other than RATE is outstanding: {@code Resetting} or {@code
     * Failed}.
     */
    public void reset(long nowNanos) {
        boolean idle = !requests.isOutstanding() || requests.isOutstanding(MessageType.RATE);
        boolean legal = state().hasSession() && idle && state().canBecome(SessionState.RESETTING);
        if (accepts(legal, "reset", nowNanos)) {
            rates.cancel();
            transitions.become(SessionState.RESETTING);
            requests.ask(new Reset(requests.nextTag(), requests.bootId()));
        }
    }

    /** In READY: confirms the running image if it is this one; {@code Confirmed} or {@code Failed}. */
    public void confirm(byte[] imageHash, long nowNanos) {
        if (accepts(transitions.is(SessionState.READY), "confirm", nowNanos)) {
            transitions.become(SessionState.CONFIRMING);
            requests.ask(new Confirm(requests.nextTag(), requests.bootId(), imageHash));
        }
    }

    /**
     * In READY, on a board with a modem, before any upload: {@code ModemErasing}, {@code ModemErased}, {@code
     * ModemProgress} as they happen, then {@code ModemWritten}, {@code ModemScheduled} or (of an erase) {@code
     * ModemErased}; {@code ModemRefused} or {@code Failed}.
     */
    public void modem(ModemTask task, long nowNanos) {
        if (accepts(transitions.is(SessionState.READY) && !upload.isStarted(), "modem", nowNanos)) {
            modem.start(task, connection.board());
        }
    }

    /**
     * In any state with a session: drops what is under way and makes the slot harmless; {@code Aborted} or {@code
     * Failed}.
     */
    public void abort(long nowNanos) {
        if (accepts(state().canAbort(), "abort", nowNanos)) {
            rates.cancel();
            transitions.become(SessionState.ABORTING);
            requests.ask(new Abort(requests.nextTag()));
        }
    }

    /** Before {@link #upload}: excludes rates that this board's line did not carry in an earlier session. */
    public void avoidRates(Set<Integer> bad) {
        rate.avoid(bad);
    }

    /** Returns false if the session has failed and the caller cannot know it yet. */
    private boolean accepts(boolean legal, String name, long nowNanos) {
        if (!legal && !events.holdsFailure()) {
            throw new IllegalStateException(name + " is not legal: " + this);
        }
        timers.advance(nowNanos);
        return legal;
    }

    /** Returns where the session stands. */
    public SessionState state() {
        return transitions.state();
    }

    /** Returns the counters so far. */
    public SessionStats stats() {
        UploadRun run = upload.run();
        return new SessionStats(
                sender.sentBytes(),
                receivedBytes,
                sender.retransmittedBytes(),
                frames.damagedFrames(),
                run == null ? 0 : run.pagesSent(),
                run == null ? 0 : run.pagesSkipped(),
                messages.erasedPages(),
                requests.smoothedRoundTrip());
    }

    // Peer.

    @Override
    public void receive(ByteBuffer bytes, long nowNanos) {
        timers.advance(nowNanos);
        receivedBytes += bytes.remaining();
        decoder.receive(bytes);
        boolean textWaits = decoder.awaitsSilence() || !console.isEmpty();
        if (textWaits && !state().isOver()) {
            timers.armAfter(Timer.TEXT, TEXT_SILENCE);
        } else {
            timers.cancel(Timer.TEXT);
        }
    }

    @Override
    public void tick(long nowNanos) {
        timers.advance(nowNanos);
        for (Timer timer : Timer.values()) {
            if (timers.expire(timer)) {
                expired(timer);
            }
        }
    }

    @Override
    public void transmit(ByteBuffer into, long nowNanos) {
        timers.advance(nowNanos);
        boolean more = true;
        while (more && into.hasRemaining() && sender.drain(into)) {
            more = startNext();
        }
    }

    @Override
    public long deadline() {
        return timers.earliest();
    }

    @Override
    public int lineRate() {
        return rate.rate();
    }

    @Override
    public void lineIs(int baud, long nowNanos) {
        timers.advance(nowNanos);
        rates.lineIs(baud);
    }

    @Override
    public SessionEvent poll() {
        return events.poll();
    }

    private boolean startNext() {
        if (state().isOver()) {
            return false;
        }
        UploadRun sending = transitions.is(SessionState.SENDING) ? upload.run() : null;
        MessageType started = sender.startNext(rate, sending, timers.now());
        if (started != null && state().hasSession()) {
            timers.keepAlive();
        }
        if (requests.isOutstanding(started)) {
            requests.watchForAnswer();
        }
        return started != null;
    }

    // Time.

    private void expired(Timer timer) {
        switch (timer) {
            case HELLO -> connection.sayHello();
            case CONNECT_LIMIT -> connection.limitReached(receivedBytes);
            case SILENCE -> silent();
            case WORK_LIMIT -> noProgress();
            case ANSWER -> answerIsLate();
            case RATE -> rates.tick();
            case KEEP_ALIVE -> {
                sender.ping();
                timers.keepAlive();
            }
            case MODEM_POLL -> modem.askNext();
            case TEXT -> {
                decoder.silence();
                console.flush();
                timers.cancel(Timer.TEXT);
            }
        }
    }

    private void silent() {
        String limit = config.silenceLimitNanos() / NANOS_IN_A_SECOND + " s";
        transitions.fail(SessionFailure.LINK_LOST, "nothing was heard for " + limit);
    }

    private void noProgress() {
        transitions.fail(SessionFailure.PROTOCOL, "the board answers, but " + state() + " made no progress in 60 s");
    }

    private void answerIsLate() {
        requests.lengthenWait();
        if (requests.isOutstanding(MessageType.RATE)) {
            rates.unanswered();
        } else {
            requests.repeat();
        }
    }

    /** Continues the work that waited for the line's rate. Without such work, a raised rate is still committed. */
    private void resume() {
        switch (state()) {
            case COMPARING, SENDING -> upload.resume();
            case MODEM -> modem.resume();
            default -> rates.isSettled(0, upload.run());
        }
    }

    @Override
    public String toString() {
        long deadline = deadline();
        UploadRun run = upload.run();
        return "HostSession " + state() + " request=" + requests + " upload=[" + (run == null ? "none" : run)
                + "] inFlight=" + sender.inFlight().bytes() + " now=" + timers.now() + " deadline="
                + (deadline == Deadline.NEVER ? "never" : deadline) + " sent=" + sender.sentBytes() + " received="
                + receivedBytes + " retransmitted=" + sender.retransmittedBytes() + " damaged="
                + frames.damagedFrames() + " droppedLines=" + events.droppedLines();
    }
}
