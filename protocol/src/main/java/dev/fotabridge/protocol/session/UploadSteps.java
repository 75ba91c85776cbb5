package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.message.Digests;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Mark;
import dev.fotabridge.protocol.message.Status;
import dev.fotabridge.protocol.message.Verify;
import dev.fotabridge.protocol.upload.SlotContents;
import dev.fotabridge.protocol.upload.Upload;
import dev.fotabridge.protocol.upload.UploadRun;

/**
 * Takes one {@link UploadRun} from step to step: compare digests, BEGIN, send the stream, VERIFY, MARK; SPEC.md section 6. Refused pages
 * lead from the end of the stream back to the digests.
 * Tested by HostSessionTest.
 */
final class UploadSteps {
    private final Transitions transitions;
    private final Requests requests;
    private final RateSteps rates;
    private final Sender sender;
    private final byte[] nonce;
    private UploadRun run;
    private boolean begun;
    private boolean onlyCompares;

    UploadSteps(Transitions transitions, Requests requests, RateSteps rates, Sender sender, byte[] nonce) {
        this.transitions = transitions;
        this.requests = requests;
        this.rates = rates;
        this.sender = sender;
        this.nonce = nonce;
    }

    /** @param comparing true to end with {@code Compared}, and to change nothing on the board */
    void start(Upload what, BoardInfo board, boolean comparing) {
        requireLengths(what);
        int limit = board.slot().sizeLimit();
        if (what.image().length > limit) {
            transitions.fail(
                    SessionFailure.TOO_LARGE,
                    "the image has " + what.image().length + " bytes, the board takes " + limit);
            return;
        }
        run = new UploadRun(what, board, nonce);
        onlyCompares = comparing;
        if (run.needsDigests()) {
            compare();
        } else {
            transitions.become(SessionState.COMPARING);
            resume();
        }
    }

    private static void requireLengths(Upload what) {
        boolean right = what.image().length > 0 && what.fileSha256().length == 32 && what.imageHash().length == 32;
        if (!right) {
            throw new IllegalArgumentException("an upload needs an image and two hashes of 32 bytes");
        }
    }

    /** The upload of this session; null if there is none. */
    UploadRun run() {
        return run;
    }

    boolean isStarted() {
        return run != null;
    }

    /** Returns whether the board accepted BEGIN. */
    boolean isBegun() {
        return begun;
    }

    /** Bytes of the stream that were sent. */
    long sentOffset() {
        return begun ? run.sentOffset() : 0;
    }

    /** Sends what comes next in COMPARING or SENDING, once the rate is settled. */
    void resume() {
        if (!rates.isSettled(run.bytesLeft(), run)) {
            return;
        }
        if (transitions.is(SessionState.SENDING)) {
            keepSending();
        } else if (!requests.isOutstanding()) {
            begin();
        }
    }

    // Digests.

    private void compare() {
        transitions.become(SessionState.COMPARING);
        requests.ask(run.askDigests(requests.nextTag()));
    }

    void onDigests(Digests digests) throws MalformedMessageException {
        boolean asked = transitions.is(SessionState.COMPARING) && requests.hasTag(digests.tag());
        if (asked && run.acceptDigests(digests)) {
            requests.restartWorkLimit();
            requests.watchForAnswer();
        }
    }

    /** GET_DIGESTS was answered: every DIGESTS of it was received or is lost. */
    void compared() throws MalformedMessageException {
        boolean complete = run.digestsComplete();
        if (run.digestsNeverCome()) {
            transitions.fail(
                    SessionFailure.LINK_LOST,
                    "digests were asked for " + UploadRun.MAX_ROUNDS + " times and never came: the line is too noisy");
        } else if (!complete) {
            requests.ask(run.askDigests(requests.nextTag()));
        } else if (onlyCompares) {
            endComparison();
        } else if (!begun) {
            resume();
        } else if (run.nextPass()) {
            send();
        } else {
            verify();
        }
    }

    private void endComparison() {
        SlotContents slot = run.slot();
        run = null;
        onlyCompares = false;
        transitions.become(SessionState.READY, new SessionEvent.Compared(slot));
    }

    // BEGIN and the stream.

    private void begin() {
        transitions.become(SessionState.BEGINNING);
        requests.ask(run.begin(requests.nextTag()));
    }

    /** BEGIN was accepted. */
    void begun(long detail) throws MalformedMessageException {
        UploadRun.Planned planned = run.begun(detail);
        transitions.tell(new SessionEvent.UploadPlanned(planned.pages(), planned.toSend(), planned.alreadyPending()));
        begun = true;
        tellProgress();
        if (run.passIsOver()) {
            verify();
        } else {
            send();
        }
    }

    private void send() {
        transitions.become(SessionState.SENDING);
        resume();
    }

    /** The credit comes with a STATUS. The one that BEGIN caused may be lost, so a PING asks for another. */
    private void keepSending() {
        requests.restartWorkLimit();
        sender.ping();
    }

    /** Takes a STATUS that {@link StatusCheck} found possible. */
    void onStatus(Status status) throws MalformedMessageException {
        boolean uploading = begun && !transitions.is(SessionState.ABORTING) && !transitions.is(SessionState.RESETTING);
        if (uploading && status.state() == Status.FAILED) {
            String text = Refusals.sentence("page " + status.page(), status.code());
            transitions.failAtPage(status.page(), Refusals.failure(status.code()), text);
        } else if (transitions.is(SessionState.SENDING)) {
            advance(status);
        }
    }

    private void advance(Status status) throws MalformedMessageException {
        if (run.acceptStatus(status)) {
            requests.restartWorkLimit();
        }
        tellProgress();
        if (!run.passIsOver() || rates.isBusy()) {
            rates.stepDownIfLossy();
        } else if (run.mustCompareAgain()) {
            compare();
        } else {
            verify();
        }
    }

    private void tellProgress() {
        UploadRun.Progress progress = run.progress();
        if (progress != null) {
            transitions.tell(new SessionEvent.Progress(progress.durablePages(), progress.bytes(), progress.total()));
        }
    }

    // The end.

    private void verify() {
        transitions.become(SessionState.VERIFYING);
        requests.ask(new Verify(requests.nextTag()));
    }

    /** By command, in VERIFIED. */
    void mark() {
        transitions.become(SessionState.MARKING);
        requests.ask(
                new Mark(requests.nextTag(), requests.bootId(), run.upload().fileSha256()));
    }
}
