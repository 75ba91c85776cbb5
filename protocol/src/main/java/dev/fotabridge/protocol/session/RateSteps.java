package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.message.Probed;
import dev.fotabridge.protocol.message.Rate;
import dev.fotabridge.protocol.rate.RateAction;
import dev.fotabridge.protocol.rate.RateControl;
import dev.fotabridge.protocol.rate.RateReport;
import dev.fotabridge.protocol.session.Timers.Timer;
import dev.fotabridge.protocol.upload.UploadRun;
import java.util.Optional;

/**
 * Carries out what {@link RateControl} decides: sends RATE and PING, sets the timer RATE, and resumes the session's work.
 * Tested by RateSimTest.
 */
final class RateSteps {
    private final RateControl control;
    private final Sender sender;
    private final Timers timers;
    private final Transitions transitions;
    private final Requests requests;
    private final Runnable resume;

    /** @param resume goes on with what waited for the rate */
    RateSteps(
            RateControl control,
            Sender sender,
            Timers timers,
            Transitions transitions,
            Requests requests,
            Runnable resume) {
        this.control = control;
        this.sender = sender;
        this.timers = timers;
        this.transitions = transitions;
        this.requests = requests;
        this.resume = resume;
    }

    // What happened.

    /** The timer RATE is due. */
    void tick() {
        control.tick(timers.now());
        pursue();
    }

    /** The driver changed the line to this rate. */
    void lineIs(int baud) {
        control.lineIs(baud, timers.now());
        pursue();
    }

    void heard() {
        control.heard(timers.now());
        pursue();
    }

    /** The board answered RATE. */
    void answered(boolean ok) {
        control.answered(ok, timers.now());
        pursue();
    }

    /** RATE had no answer in time. */
    void unanswered() {
        control.unanswered(timers.now());
        pursue();
    }

    void probed(Probed probed) {
        int newest = control.probed(probed, timers.now());
        if (newest >= 0) {
            sender.inFlight().cover(newest, timers.now());
        }
        pursue();
    }

    /** A command came that does not wait for the rate. */
    void cancel() {
        control.cancel();
    }

    // What is done.

    private void pursue() {
        if (transitions.state().isOver()) {
            return;
        }
        if (!control.wantsAnswer()) {
            requests.dropRate();
        }
        RateAction action = control.take(sender.sentBytes(), sender.retransmittedBytes());
        switch (action) {
            case ASK -> requests.ask(new Rate(requests.nextTag(), control.target()));
            case PING -> sender.ping();
            case GO_ON -> resume.run();
            case NONE -> {}
        }
        timers.arm(Timer.RATE, control.deadline());
    }

    /**
     * Called before anything large is sent, and again by way of {@code resume}. Begins a climb if that is worth it; if not, reports
     * the rate.
     *
     * @param bytesLeft that are still to be sent
     * @param upload is told the rate; null if there is none
     * @return true if the rate is settled, so that the caller may send
     */
    boolean isSettled(long bytesLeft, UploadRun upload) {
        boolean climbs = !requests.isOutstanding()
                && control.climb(bytesLeft, requests.smoothedRoundTrip(), requests.firstTimeout(), timers.now());
        if (climbs) {
            pursue();
        } else {
            report(upload);
        }
        return !climbs;
    }

    private void report(UploadRun upload) {
        Optional<RateReport> report = control.report();
        if (report.isPresent()) {
            RateReport rate = report.get();
            transitions.tell(new SessionEvent.LineRate(rate.baud(), rate.bad(), rate.text()));
            if (upload != null) {
                upload.lineRate(rate.baud());
            }
        }
    }

    /** True while the rate changes. */
    boolean isBusy() {
        return control.isBusy();
    }

    void stepDownIfLossy() {
        if (control.stepDown(sender.sentBytes(), sender.retransmittedBytes(), requests.firstTimeout())) {
            pursue();
        }
    }
}
