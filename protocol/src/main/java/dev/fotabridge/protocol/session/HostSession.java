package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.WelcomeReader;
import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameDecoder;
import dev.fotabridge.protocol.frame.FrameFault;
import dev.fotabridge.protocol.frame.FrameSink;
import dev.fotabridge.protocol.message.Abort;
import dev.fotabridge.protocol.message.Begin;
import dev.fotabridge.protocol.message.Booted;
import dev.fotabridge.protocol.message.Confirm;
import dev.fotabridge.protocol.message.Digests;
import dev.fotabridge.protocol.message.Hello;
import dev.fotabridge.protocol.message.Item;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Mark;
import dev.fotabridge.protocol.message.Message;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Probed;
import dev.fotabridge.protocol.message.Rate;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.ReplyCode;
import dev.fotabridge.protocol.message.Request;
import dev.fotabridge.protocol.message.Reset;
import dev.fotabridge.protocol.message.Status;
import dev.fotabridge.protocol.message.Verify;
import dev.fotabridge.protocol.message.Welcome;
import dev.fotabridge.protocol.modem.ModemRun;
import dev.fotabridge.protocol.modem.ModemTask;
import dev.fotabridge.protocol.rate.RateControl;
import dev.fotabridge.protocol.rate.RateReport;
import dev.fotabridge.protocol.session.Timers.Timer;
import dev.fotabridge.protocol.time.Deadline;
import dev.fotabridge.protocol.upload.Upload;
import dev.fotabridge.protocol.upload.UploadRun;
import dev.fotabridge.protocol.window.FrameNumber;
import dev.fotabridge.protocol.window.RoundTripEstimator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The host's half of DK Link; SPEC.md section 7. One object is one session with one board: after {@code Failed}, {@code
 * Resetting} or {@code Aborted} make a new one.
 *
 * <p>Commands never block and are legal only in the state named; otherwise they throw {@link IllegalStateException}. Their
 * outcome is an event. A session may fail after the event to which a command answers, and before the caller has polled it: while {@code
 * Failed} waits to be polled, a command does nothing. So a caller needs no check of its own.
 *
 * <p>Theory of operation: frames come in one by one and change the state; what is to be sent is only noted as due
 * (a HELLO, the one request, a PING, the window's next piece), and {@link #transmit} picks the most urgent of it when there
 * is room on the line. A board that breaks the specification ends the session with a sentence, never with an exception.
 */
public final class HostSession implements Peer {
    private static final int NONCE_BYTES = 8;
    private static final long MILLIS = 1_000_000L;
    private static final long KEEP_ALIVE = 1_000 * MILLIS;
    private static final long WORK_LIMIT = 60_000 * MILLIS;
    /** A CR that noise puts in front of an LF is one in 65 536 bytes of noise; so many are no noise. */
    private static final int MOST_CHANGED_LINE_ENDS = 3;

    private static final long TEXT_SILENCE = 100 * MILLIS;
    private static final long MODEM_POLL = 1_000 * MILLIS;
    /** A block is 178 ms at 115 200 baud, and the modem takes its time for it, more so at each 8 KiB. */
    private static final long MODEM_STALL = 1_000 * MILLIS;

    // For life.
    private final SessionConfig config;
    private final byte[] nonce;
    private final int session;
    private final Timers timers = new Timers();
    private final EventQueue events = new EventQueue();
    private final ConsoleLines console = new ConsoleLines(line -> events.add(new SessionEvent.ConsoleLine(line)));
    private final FrameDecoder decoder = new FrameDecoder(true, new Inbox());
    private final Sender sender;
    private final PendingRequest request;
    private final RateControl rates;
    private final RoundTripEstimator roundTrip = new RoundTripEstimator();
    private SessionState state = SessionState.IDLE;
    private long now;

    // Since WELCOME.
    private BoardInfo board;
    private StatusCheck statusCheck;
    private int lastStubNumber;
    private int lastTag;
    private int attempt;

    // Since upload.
    private UploadRun upload;
    private boolean begun;
    private boolean onlyCompares;

    // Since modem.
    private ModemRun modem;

    // Counters.
    private long receivedBytes;
    private long damagedFrames;
    private int changedLineEnds;

    /** @param nonce 8 fresh random bytes; two sessions never share one */
    public HostSession(SessionConfig config, byte[] nonce, long nowNanos) {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("nonce of " + nonce.length + " bytes");
        }
        this.config = config;
        this.nonce = nonce.clone();
        this.session = (nonce[0] & 0xFF) | (nonce[1] & 0xFF) << 8;
        this.sender = new Sender(session, hello(config, this.nonce));
        this.request = sender.request();
        this.rates = new RateControl(config.rates());
        this.now = nowNanos;
    }

    // Commands.

    /** In IDLE: repeats HELLO until {@code Connected} or {@code Failed}. */
    public void connect(long nowNanos) {
        if (!accepts(state == SessionState.IDLE, "connect", nowNanos)) {
            return;
        }
        become(SessionState.CONNECTING);
        timers.armAfter(Timer.CONNECT_LIMIT, now, config.connectLimitNanos());
        sayHello();
    }

    /** In READY, once a session: {@code UploadPlanned}, {@code Progress}..., then {@code Verified} or {@code Failed}. */
    public void upload(Upload what, long nowNanos) {
        if (!accepts(state == SessionState.READY && upload == null, "upload", nowNanos)) {
            return;
        }
        requireLengths(what);
        int limit = board.slot().sizeLimit();
        if (what.image().length > limit) {
            fail(SessionFailure.TOO_LARGE, "the image has " + what.image().length + " bytes, the board takes " + limit);
            return;
        }
        upload = new UploadRun(what, board, nonce);
        if (upload.needsDigests()) {
            compare();
        } else {
            become(SessionState.COMPARING);
            goOn();
        }
    }

    /** In READY, before any upload: {@code Compared}, or {@code Failed}. Nothing is changed on the board. */
    public void compareSlot(Upload what, long nowNanos) {
        upload(what, nowNanos);
        onlyCompares = true;
    }

    private static void requireLengths(Upload what) {
        boolean right = what.image().length > 0 && what.fileSha256().length == 32 && what.imageHash().length == 32;
        if (!right) {
            throw new IllegalArgumentException("an upload needs an image and two hashes of 32 bytes");
        }
    }

    /** In VERIFIED: {@code Marked} or {@code Failed}. */
    public void mark(long nowNanos) {
        if (!accepts(state == SessionState.VERIFIED, "mark", nowNanos)) {
            return;
        }
        become(SessionState.MARKING);
        ask(new Mark(nextTag(), bootId(), upload.upload().fileSha256()));
    }

    /** In any state with a session but while a request is outstanding: {@code Resetting} or {@code Failed}. */
    public void reset(long nowNanos) {
        boolean idle = !request.isOutstanding() || request.is(MessageType.RATE);
        if (!accepts(state.hasSession() && idle && state.canBecome(SessionState.RESETTING), "reset", nowNanos)) {
            return;
        }
        rates.cancel();
        become(SessionState.RESETTING);
        ask(new Reset(nextTag(), bootId()));
    }

    /** In READY: confirms the running image if it is this one; {@code Confirmed} or {@code Failed}. */
    public void confirm(byte[] imageHash, long nowNanos) {
        if (!accepts(state == SessionState.READY, "confirm", nowNanos)) {
            return;
        }
        become(SessionState.CONFIRMING);
        ask(new Confirm(nextTag(), bootId(), imageHash));
    }

    /**
     * In READY, on a board with a modem, before any upload: {@code ModemErasing}, {@code ModemErased}, {@code
     * ModemProgress} as they happen, then {@code ModemWritten}, {@code ModemScheduled} or (of an erase) {@code
     * ModemErased}; {@code ModemRefused} or {@code Failed}.
     */
    public void modem(ModemTask task, long nowNanos) {
        if (!accepts(state == SessionState.READY && upload == null, "modem", nowNanos)) {
            return;
        }
        become(SessionState.MODEM);
        modem = new ModemRun(task, board, new ModemEvents(events));
        goOn();
    }

    /** In any state with a session: drops what is under way and makes the slot harmless; {@code Aborted} or {@code Failed}. */
    public void abort(long nowNanos) {
        if (!accepts(state.canAbort(), "abort", nowNanos)) {
            return;
        }
        rates.cancel();
        become(SessionState.ABORTING);
        ask(new Abort(nextTag()));
    }

    /** Before {@link #upload}: rates that this board's line has been found not to carry; they are not tried. */
    public void avoidRates(Set<Integer> bad) {
        rates.avoid(bad);
    }

    /** Where the session stands. */
    public SessionState state() {
        return state;
    }

    /** Counters so far. */
    public SessionStats stats() {
        return new SessionStats(
                sender.sentBytes(),
                receivedBytes,
                sender.retransmittedBytes(),
                damagedFrames,
                upload == null ? 0 : upload.pagesSent(),
                upload == null ? 0 : upload.pagesSkipped(),
                statusCheck == null ? 0 : statusCheck.erased(),
                roundTrip.smoothed());
    }

    // Peer.

    @Override
    public void receive(ByteBuffer bytes, long nowNanos) {
        now = nowNanos;
        receivedBytes += bytes.remaining();
        decoder.receive(bytes);
        boolean textWaits = decoder.awaitsSilence() || !console.isEmpty();
        if (textWaits && !state.isOver()) {
            timers.arm(Timer.TEXT, now + TEXT_SILENCE);
        } else {
            timers.cancel(Timer.TEXT);
        }
    }

    @Override
    public void tick(long nowNanos) {
        now = nowNanos;
        for (Timer timer : Timer.values()) {
            if (timers.expire(timer, now)) {
                expired(timer);
            }
        }
    }

    @Override
    public void transmit(ByteBuffer into, long nowNanos) {
        now = nowNanos;
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
        return rates.rate();
    }

    @Override
    public void lineIs(int baud, long nowNanos) {
        now = nowNanos;
        rates.lineIs(baud, now);
        pursueRate();
    }

    @Override
    public SessionEvent poll() {
        return events.poll();
    }

    // What goes out.

    private boolean startNext() {
        if (state.isOver()) {
            return false;
        }
        MessageType started = sender.startNext(rates, state == SessionState.SENDING ? upload : null, now);
        if (started != null && state.hasSession()) {
            timers.arm(Timer.KEEP_ALIVE, now + KEEP_ALIVE);
        }
        if (request.isOutstanding() && started == request.type()) {
            watchForAnswer();
        }
        return started != null;
    }

    private static Hello hello(SessionConfig config, byte[] nonce) {
        Item software = new Item(Item.SOFTWARE, config.software().getBytes(StandardCharsets.US_ASCII));
        return new Hello(WelcomeReader.VERSION, WelcomeReader.VERSION, nonce, List.of(software));
    }

    private void sayHello() {
        sender.sayHello();
        timers.arm(Timer.HELLO, now + rates.nextHello(now));
    }

    private void ask(Request fresh) {
        request.put(fresh);
        timers.arm(Timer.WORK_LIMIT, now + WORK_LIMIT);
        watchForAnswer();
    }

    private int nextTag() {
        lastTag = (lastTag + 1) & 0xFF;
        return lastTag;
    }

    private byte[] bootId() {
        return HexFormat.of().parseHex(board.identity().bootId());
    }

    // Time.

    private void expired(Timer timer) {
        switch (timer) {
            case HELLO -> sayHello();
            case CONNECT_LIMIT -> neverWelcomed();
            case SILENCE ->
                fail(SessionFailure.LINK_LOST, "nothing was heard for " + seconds(config.silenceLimitNanos()));
            case WORK_LIMIT ->
                fail(SessionFailure.PROTOCOL, "the board answers, but " + state + " made no progress in 60 s");
            case ANSWER -> askAgain();
            case RATE -> {
                rates.tick(now);
                pursueRate();
            }
            case KEEP_ALIVE -> {
                sender.ping();
                timers.arm(Timer.KEEP_ALIVE, now + KEEP_ALIVE);
            }
            case MODEM_POLL -> ask(modem.next(nextTag()));
            case TEXT -> {
                decoder.silence();
                console.flush();
                timers.cancel(Timer.TEXT);
            }
        }
    }

    private void neverWelcomed() {
        if (receivedBytes == 0) {
            fail(SessionFailure.LINK_LOST, "nothing answered");
        } else {
            fail(SessionFailure.NOT_A_STUB, receivedBytes + " bytes came, but no WELCOME was among them");
        }
    }

    private static String seconds(long nanos) {
        return nanos / 1_000 / MILLIS + " s";
    }

    private void watchForAnswer() {
        if (request.isOutstanding() || state == SessionState.SENDING) {
            long stall = board.link().stallMaxMs() * MILLIS + (state == SessionState.MODEM ? MODEM_STALL : 0);
            timers.arm(Timer.ANSWER, now + roundTrip.timeout(stall, attempt));
        } else {
            timers.cancel(Timer.ANSWER);
        }
    }

    private void askAgain() {
        attempt++;
        if (request.is(MessageType.RATE)) {
            rates.unanswered(now);
            pursueRate();
        } else {
            sender.askAgain();
            watchForAnswer();
        }
    }

    // What comes in.

    private final class Inbox implements FrameSink {
        @Override
        public void frame(Frame frame) {
            Optional<MessageType> type = MessageType.of(frame.type());
            if (state.isOver() || type.isEmpty()) {
                return;
            }
            try {
                accept(type.get(), frame);
            } catch (MalformedMessageException e) {
                fail(SessionFailure.PROTOCOL, "the board broke the protocol: " + e.getMessage());
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
                fail(
                        SessionFailure.LINE_CHANGED,
                        "something on the line turns LF into CR LF: a terminal server, or a pseudo-terminal that is"
                                + " not raw");
            }
            rates.damaged();
        }
    }

    private void accept(MessageType type, Frame frame) throws MalformedMessageException {
        boolean ours = frame.session() == session;
        if (type == MessageType.BOOTED && state.hasSession()) {
            onBooted((Booted) MessageCodec.decode(type, frame.payload()));
        } else if (type == MessageType.NO_SESSION && ours && state.hasSession()) {
            MessageCodec.decode(type, frame.payload());
            onStartedAnew("the board knows nothing of this session any more");
        } else if (type == MessageType.WELCOME && ours) {
            onWelcome((Welcome) MessageCodec.decode(type, frame.payload()), frame.number());
        } else if (type.fromStub() && ours && state.hasSession() && isNew(frame.number())) {
            onMessage(MessageCodec.decode(type, frame.payload()));
        }
    }

    /** The line may repeat bytes: what is not newer than the newest was here before. */
    private boolean isNew(int number) {
        boolean fresh = !FrameNumber.atOrBefore(number, lastStubNumber);
        if (fresh) {
            lastStubNumber = number;
        }
        return fresh;
    }

    private void onBooted(Booted booted) {
        if (!Arrays.equals(booted.bootId(), bootId())) {
            onStartedAnew("the board has started anew");
        }
    }

    private void onStartedAnew(String text) {
        if (state == SessionState.RESETTING) {
            close();
        } else {
            fail(SessionFailure.BOARD_RESTARTED, text);
        }
    }

    private void onWelcome(Welcome welcome, int number) throws MalformedMessageException {
        if (!Arrays.equals(welcome.nonce(), nonce)) {
            return;
        }
        if (state == SessionState.CONNECTING) {
            lastStubNumber = number;
            welcomed(welcome);
        } else if (state.hasSession() && !Arrays.equals(welcome.bootId(), bootId())) {
            onStartedAnew("the board has started anew");
        } else if (state.hasSession() && isNew(number)) {
            heard();
        }
    }

    private void welcomed(Welcome welcome) throws MalformedMessageException {
        if (welcome.version() == 0) {
            String theirs = WelcomeReader.versions(welcome);
            fail(SessionFailure.VERSION, "the board speaks DK Link " + theirs + ", this host " + WelcomeReader.VERSION);
            return;
        }
        board = WelcomeReader.read(welcome);
        statusCheck = new StatusCheck(board.link().streamCapacity());
        timers.cancel(Timer.HELLO);
        timers.cancel(Timer.CONNECT_LIMIT);
        sender.welcomed(board.link().lineCapacity());
        rates.welcomed(board.link().rates(), now);
        long sample = sender.inFlight().cover(0, now);
        if (sender.hellosSent() == 1) {
            roundTrip.sample(sample);
        }
        become(SessionState.READY);
        timers.arm(Timer.KEEP_ALIVE, now + KEEP_ALIVE);
        heard();
        events.add(new SessionEvent.Connected(board));
    }

    private void heard() {
        attempt = 0;
        timers.armAfter(Timer.SILENCE, now, config.silenceLimitNanos());
        // Only its own answer ends the wait for a request: on a slow line the STATUS of every keep-alive would prolong
        // it.
        if (!request.isOutstanding()) {
            watchForAnswer();
        }
        rates.heard(now);
        pursueRate();
    }

    private void onMessage(Message message) throws MalformedMessageException {
        heard();
        switch (message.type()) {
            case STATUS -> onStatus((Status) message);
            case DIGESTS -> onDigests((Digests) message);
            case REPLY -> onReply((Reply) message);
            case PROBED -> {
                int acknowledged = rates.probed((Probed) message, now);
                if (acknowledged >= 0) {
                    sender.inFlight().cover(acknowledged, now);
                }
                pursueRate();
            }
            default -> throw new IllegalStateException("not for a session in progress: " + message.type());
        }
        if (state.hasSession() && !request.isOutstanding()) {
            watchForAnswer();
        }
    }

    private void onStatus(Status status) throws MalformedMessageException {
        if (!sender.hasSent(status.lastNumber())) {
            throw new MalformedMessageException("STATUS names frame " + status.lastNumber() + ", which was not sent");
        }
        if (begun && statusCheck.isOfNewStart(status)) {
            onStartedAnew("the board has forgotten the upload: it has started anew");
            return;
        }
        statusCheck.accept(status, begun ? upload.sentOffset() : 0);
        long sample = sender.inFlight().cover(status.lastNumber(), now);
        if (sample >= 0) {
            roundTrip.sample(sample);
        }
        if (request.isWorkedOn(status)) {
            watchForAnswer();
        }
        boolean uploading = begun && state != SessionState.ABORTING && state != SessionState.RESETTING;
        if (uploading && status.state() == Status.FAILED) {
            String text = Refusals.sentence("page " + status.page(), status.code());
            fail(Refusals.failure(status.code()), text, status.page());
        } else if (state == SessionState.SENDING) {
            advance(status);
        }
    }

    private void advance(Status status) throws MalformedMessageException {
        if (upload.acceptStatus(status)) {
            timers.arm(Timer.WORK_LIMIT, now + WORK_LIMIT);
        }
        reportProgress();
        if (!upload.passIsOver() || rates.isBusy()) {
            stepDownIfLossy();
            return;
        }
        if (upload.mustCompareAgain()) {
            compare();
        } else {
            verify();
        }
    }

    private void reportProgress() {
        UploadRun.Progress progress = upload.progress();
        if (progress != null) {
            events.add(new SessionEvent.Progress(progress.durablePages(), progress.bytes(), progress.total()));
        }
    }

    private void onDigests(Digests digests) throws MalformedMessageException {
        boolean asked = state == SessionState.COMPARING && request.hasTag(digests.tag());
        if (asked && upload.acceptDigests(digests)) {
            timers.arm(Timer.WORK_LIMIT, now + WORK_LIMIT);
            watchForAnswer();
        }
    }

    private void onReply(Reply reply) throws MalformedMessageException {
        if (!request.isAnsweredBy(reply) || reply.code() == ReplyCode.BUSY.code()) {
            return;
        }
        MessageType type = request.type();
        sender.inFlight().cover(request.firstNumber(), now);
        request.clear();
        timers.cancel(Timer.WORK_LIMIT);
        if (type == MessageType.MODEM && reply.code() == ReplyCode.MODEM.code()) {
            modemAnswered(reply);
            return;
        }
        if (type == MessageType.MODEM && reply.code() == ReplyCode.RANGE.code()) {
            fail(SessionFailure.LINK_LOST, "the modem's write was closed in the middle of it");
            return;
        }
        if (type == MessageType.RATE) {
            rates.answered(reply.code() == ReplyCode.OK.code(), now);
            pursueRate();
            return;
        }
        if (reply.code() != ReplyCode.OK.code()) {
            fail(Refusals.failure(reply.code()), Refusals.sentence(type.name(), reply.code()));
            return;
        }
        done(type, reply);
    }

    private void done(MessageType type, Reply reply) throws MalformedMessageException {
        switch (type) {
            case GET_DIGESTS -> compared();
            case BEGIN -> begun(reply.detail());
            case VERIFY -> become(SessionState.VERIFIED, new SessionEvent.Verified());
            case MARK -> become(SessionState.MARKED, new SessionEvent.Marked());
            case CONFIRM -> become(SessionState.READY, new SessionEvent.Confirmed());
            case ABORT -> become(SessionState.ENDED, new SessionEvent.Aborted());
            case MODEM -> modemAnswered(reply);
            case RESET -> close();
            default -> throw new IllegalStateException("not a request: " + type);
        }
    }

    private void modemAnswered(Reply reply) throws MalformedMessageException {
        switch (modem.answered(reply)) {
            case ASK -> ask(modem.next(nextTag()));
            case ASK_LATER -> timers.arm(Timer.MODEM_POLL, now + MODEM_POLL);
            case END -> become(SessionState.READY);
        }
    }

    // The upload's steps.

    private void compare() {
        become(SessionState.COMPARING);
        ask(upload.askDigests(nextTag()));
    }

    private void compared() throws MalformedMessageException {
        boolean complete = upload.digestsComplete();
        if (upload.digestsNeverCome()) {
            fail(
                    SessionFailure.LINK_LOST,
                    "digests were asked for " + UploadRun.MAX_ROUNDS + " times and never came: the line is too noisy");
        } else if (!complete) {
            ask(upload.askDigests(nextTag()));
        } else if (onlyCompares) {
            tellCompared();
        } else if (!begun) {
            goOn();
        } else if (upload.nextPass()) {
            send();
        } else {
            verify();
        }
    }

    private void tellCompared() {
        boolean whole = upload.isWhole();
        upload = null;
        onlyCompares = false;
        become(SessionState.READY, new SessionEvent.Compared(whole));
    }

    private void begin() {
        become(SessionState.BEGINNING);
        Begin begin = upload.begin(nextTag());
        ask(begin);
    }

    private void begun(long detail) throws MalformedMessageException {
        UploadRun.Planned planned = upload.begun(detail);
        events.add(new SessionEvent.UploadPlanned(planned.pages(), planned.toSend(), planned.alreadyPending()));
        begun = true;
        reportProgress();
        if (upload.passIsOver()) {
            verify();
        } else {
            send();
        }
    }

    private void send() {
        become(SessionState.SENDING);
        goOn();
    }

    private void keepSending() {
        timers.arm(Timer.WORK_LIMIT, now + WORK_LIMIT);
        // The credit comes with a STATUS, and the one that BEGIN caused may be lost.
        sender.ping();
    }

    private void verify() {
        become(SessionState.VERIFYING);
        ask(new Verify(nextTag()));
    }

    // The line's rate.

    /** Does what the ladder asks for. */
    private void pursueRate() {
        if (state.isOver()) {
            return;
        }
        if (request.is(MessageType.RATE) && !rates.wantsAnswer()) {
            request.clear();
        }
        switch (rates.take(sender.sentBytes(), sender.retransmittedBytes())) {
            case ASK -> ask(new Rate(nextTag(), rates.target()));
            case PING -> sender.ping();
            case GO_ON -> goOn();
            case NONE -> {}
        }
        timers.arm(Timer.RATE, rates.deadline());
    }

    /** Before anything large is sent, and whenever the ladder has come to rest: climbs if that is worth it, then does what is next. */
    private void goOn() {
        if (!request.isOutstanding() && rates.climb(bytesLeft(), roundTrip.smoothed(), patience(), now)) {
            pursueRate();
            return;
        }
        rates.report().ifPresent(this::tellRate);
        if (state == SessionState.SENDING) {
            keepSending();
        } else if (state == SessionState.COMPARING && !request.isOutstanding()) {
            begin();
        } else if (state == SessionState.MODEM && !request.isOutstanding() && !timers.isArmed(Timer.MODEM_POLL)) {
            ask(modem.next(nextTag()));
        }
    }

    private long bytesLeft() {
        return switch (state) {
            case COMPARING, SENDING -> upload.bytesLeft();
            case MODEM -> modem.bytesLeft();
            default -> 0;
        };
    }

    private long patience() {
        return roundTrip.timeout(board.link().stallMaxMs() * MILLIS, 0);
    }

    private void tellRate(RateReport rate) {
        events.add(new SessionEvent.LineRate(rate.baud(), rate.bad(), rate.text()));
        if (upload != null) {
            upload.lineRate(rate.baud());
        }
    }

    private void stepDownIfLossy() {
        if (rates.stepDown(sender.sentBytes(), sender.retransmittedBytes(), patience())) {
            pursueRate();
        }
    }

    // States.

    /** False if the session has failed and the caller cannot know it yet. */
    private boolean accepts(boolean legal, String name, long nowNanos) {
        if (!legal && !events.holdsFailure()) {
            throw new IllegalStateException(name + " is not legal: " + this);
        }
        now = nowNanos;
        return legal;
    }

    private void become(SessionState next) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException("from " + state + " to " + next);
        }
        state = next;
    }

    private void become(SessionState next, SessionEvent event) {
        become(next);
        events.add(event);
    }

    private void fail(SessionFailure failure, String text) {
        fail(failure, text, -1);
    }

    private void fail(SessionFailure failure, String text, int page) {
        if (!state.isOver()) {
            end(SessionState.FAILED, new SessionEvent.Failed(failure, text, page));
        }
    }

    private void close() {
        end(SessionState.CLOSED, new SessionEvent.Resetting());
    }

    private void end(SessionState last, SessionEvent event) {
        console.flush();
        become(last, event);
        request.clear();
        timers.clear();
    }

    @Override
    public String toString() {
        long deadline = deadline();
        return "HostSession " + state + " request=" + request + " upload=[" + (upload == null ? "none" : upload)
                + "] inFlight=" + sender.inFlight().bytes() + " now=" + now + " deadline="
                + (deadline == Deadline.NEVER ? "never" : deadline) + " sent=" + sender.sentBytes() + " received="
                + receivedBytes + " retransmitted=" + sender.retransmittedBytes() + " damaged=" + damagedFrames
                + " droppedLines=" + events.droppedLines();
    }
}
