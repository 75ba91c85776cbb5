package dev.fotabridge.station.control;

import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.verdict.Verdict;
import java.util.Optional;

/**
 * A bay, as others see it. Texts are empty where nothing is known.
 *
 * @param bay its number, from 1
 * @param place USB path or port, as in station.yaml
 * @param fixture name of the fixture
 * @param state what it is doing
 * @param verdict the verdict that stands at this place
 * @param locked whether an engineer must unlock it before the next start
 * @param needsHands whether a person must do something here
 * @param reason why the last run ended
 * @param message one sentence about this very case
 * @param whatToTry what a person can do about it
 * @param phase phase of the run
 * @param percent 0 to 100; 100 only once the board has verified the image; empty without a transfer
 * @param from version that ran before
 * @param to version that the board gets
 * @param runId id of the run, or of the last one here
 * @param attempt number of the attempt, from 1; 0 before the first
 * @param elapsedSeconds wall time of the run until now, or until its end; empty if there was none
 * @param identity who the board is
 * @param thing its thing at AWS
 * @param jobId job that it is updated for
 * @param cloud what AWS is to be told and has answered, in words
 */
public record BayView(
        int bay,
        String place,
        String fixture,
        BayState state,
        Optional<Verdict> verdict,
        boolean locked,
        boolean needsHands,
        Optional<Reason> reason,
        String message,
        String whatToTry,
        Optional<Phase> phase,
        Optional<Integer> percent,
        String from,
        String to,
        String runId,
        int attempt,
        Optional<Double> elapsedSeconds,
        UnitIdentity identity,
        String thing,
        String jobId,
        String cloud) {
    /** {@return whether time runs for a run here} */
    public boolean isRunning() {
        return switch (state) {
            case QUEUED, RUNNING, STORING -> true;
            case EMPTY, IDENTIFYING, NEEDS_SCAN, READY, ENDED -> false;
        };
    }

    /**
     * {@return the same bay a while later, if nothing else has changed. Tested by StreamHubTest}
     *
     * @param seconds how much later
     */
    public BayView later(double seconds) {
        Optional<Double> elapsed = isRunning() ? elapsedSeconds.map(before -> before + seconds) : elapsedSeconds;
        return new BayView(
                bay,
                place,
                fixture,
                state,
                verdict,
                locked,
                needsHands,
                reason,
                message,
                whatToTry,
                phase,
                percent,
                from,
                to,
                runId,
                attempt,
                elapsed,
                identity,
                thing,
                jobId,
                cloud);
    }
}
