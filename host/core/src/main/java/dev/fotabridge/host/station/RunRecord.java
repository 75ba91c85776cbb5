package dev.fotabridge.host.station;

import dev.fotabridge.host.link.WireTotals;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.update.Phase;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects what a RESULT says of one update. Not thread-safe. */
final class RunRecord {
    private static final double NANOS = 1e9;

    private final long startNanos;
    private final double startCpuSeconds = cpuSeconds();
    private final Map<String, Double> spans = new LinkedHashMap<>();
    private Phase phase;
    private long phaseNanos;

    String jobId = "";
    String imageHash = "";
    String fileSha256 = "";
    String from = "";
    String to = "";
    String modemResult = "";

    RunRecord(long now) {
        this.startNanos = now;
    }

    /** A phase begins; a phase that comes again adds to its span. */
    void phase(Phase next, long now) {
        endPhase(now);
        phase = next;
        phaseNanos = now;
    }

    private void endPhase(long now) {
        if (phase != null) {
            spans.merge(phase.name(), (now - phaseNanos) / NANOS, Double::sum);
        }
        phase = null;
    }

    UpdateResult result(Reason reason, String message, WireTotals wire, long now) {
        endPhase(now);
        double seconds = (now - startNanos) / NANOS;
        return new UpdateResult(
                reason,
                message,
                jobId,
                imageHash,
                fileSha256,
                from,
                to,
                modemResult,
                seconds,
                Collections.unmodifiableMap(new LinkedHashMap<>(spans)),
                cpuSeconds() - startCpuSeconds,
                wire);
    }

    double secondsSoFar(long now) {
        return (now - startNanos) / NANOS;
    }

    /** Of this process so far, the start of the JVM included. */
    private static double cpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / NANOS;
    }
}
