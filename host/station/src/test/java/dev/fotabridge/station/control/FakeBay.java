package dev.fotabridge.station.control;

import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.verdict.Verdict;
import java.util.Optional;

/** A bay whose fields a test sets, before it shows it by {@link FakeStation#change}. */
public final class FakeBay {
    public final int number;
    public BayState state = BayState.EMPTY;
    public Optional<Verdict> verdict = Optional.empty();
    public boolean locked;
    public boolean needsHands;
    public Optional<Reason> reason = Optional.empty();
    public String message = "";
    public Optional<Phase> phase = Optional.empty();
    public Optional<Integer> percent = Optional.empty();
    public String from = "";
    public String to = "";
    public String runId = "";
    public int attempt;
    public Optional<Double> elapsedSeconds = Optional.empty();
    public UnitIdentity identity = UnitIdentity.NONE;

    FakeBay(int number) {
        this.number = number;
    }

    /** A board is plugged in, and known. */
    public FakeBay ready(String unit) {
        state = BayState.READY;
        identity = new UnitIdentity(unit, "10500" + number, "");
        verdict = Optional.empty();
        from = "1.9.0";
        to = "2.0.0";
        return this;
    }

    public FakeBay running(Phase now, int percentNow) {
        state = BayState.RUNNING;
        phase = Optional.of(now);
        percent = Optional.of(percentNow);
        runId = runId.isEmpty() ? "run-of-" + number : runId;
        attempt = 1;
        elapsedSeconds = Optional.of(elapsedSeconds.orElse(3.0));
        return this;
    }

    public FakeBay ended(Verdict how, Reason why) {
        state = BayState.ENDED;
        phase = Optional.empty();
        verdict = Optional.of(how);
        reason = Optional.of(why);
        percent = Optional.empty();
        runId = runId.isEmpty() ? "run-of-" + number : runId;
        return this;
    }

    BayView view() {
        return new BayView(
                number,
                "pci-0000:00:14.0-usb-0:3." + number,
                "F-" + number,
                state,
                verdict,
                locked,
                needsHands,
                reason,
                message,
                reason.map(Reason::whatToTry).orElse(""),
                phase,
                percent,
                from,
                to,
                runId,
                attempt,
                elapsedSeconds,
                identity,
                "",
                "",
                "");
    }
}
