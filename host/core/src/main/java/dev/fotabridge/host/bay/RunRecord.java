package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.api.WireTotals;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects what a RESULT says of one update. Not thread-safe: the thread of the bay's command makes it and calls it. */
public final class RunRecord {
    private static final double NANOS = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long startNanos;
    private final double startCpuSeconds = cpuSeconds();
    private final Map<String, Double> spans = new LinkedHashMap<>();
    private Phase phase;
    private long phaseNanos;

    private String jobId = "";
    private String imageHash = "";
    private String fileSha256 = "";
    private String from = "";
    private String to = "";
    private String modemResult = "";

    /** Begins now, nanoseconds. */
    public RunRecord(long now) {
        this.startNanos = now;
    }

    /** Notes the job execution that this is for. */
    public void job(String id) {
        jobId = id;
    }

    /** Notes the image: its hash in hex, empty where a board could never report it, and what its version is called. */
    public void image(String hash, String sha256, String version) {
        imageHash = hash;
        fileSha256 = sha256;
        to = version;
    }

    /** Notes what ran before; empty if that is not known. */
    public void from(String version) {
        from = version;
    }

    /** Notes what runs in the end. */
    public void to(String version) {
        to = version;
    }

    /** Notes the modem's own name for how its update ended. */
    public void modemResult(String name) {
        modemResult = name;
    }

    /** Returns the image's hash in hex; empty where nothing is known, as with all of these. */
    public String imageHash() {
        return imageHash;
    }

    /** Returns the version that ran before. */
    public String from() {
        return from;
    }

    /** Returns the version of the new image. */
    public String to() {
        return to;
    }

    /** Returns the modem's own name for how its update ended. */
    public String modemResult() {
        return modemResult;
    }

    /** A phase begins; a phase that comes again adds to its span. */
    public void phase(Phase next, long now) {
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

    /** Ends the last phase and returns what is known. */
    public UpdateRecord result(Reason reason, String message, WireTotals wire, long now) {
        endPhase(now);
        double seconds = (now - startNanos) / NANOS;
        return new UpdateRecord(
                new RunEnd(reason, message),
                Optional.empty(),
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

    /** Returns the seconds since the beginning. */
    public double secondsSoFar(long now) {
        return (now - startNanos) / NANOS;
    }

    /** Of this thread so far, which is the bay's own; 0 where the system does not count it. */
    private static double cpuSeconds() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() / NANOS : 0;
    }
}
