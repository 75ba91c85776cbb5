package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.ThingJobs.Until;
import dev.fotabridge.host.jobs.JobsEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How long {@code --once} waits for the cloud and for a job. Waiting for a job has an end if the user names one;
 * waiting for a cloud that is never there has one anyway.
 * Tested by FailureIT.
 */
final class CloudPatience {
    /** How long the cloud may be away at the start of {@code --once}, and at the end while AWS has to take a result. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** Until AWS has answered once, nobody can say that no job has come: so long it has, however short --timeout is. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

    /** Refusals that no waiting heals. */
    private static final Set<Reason> FINAL_REFUSALS = Set.of(
            Reason.CREDENTIALS, Reason.CLOUD_REFUSED, Reason.CLOUD_POLICY, Reason.PROXY_REFUSED, Reason.CONFIGURATION);

    private final AgentTask config;
    private final Optional<Duration> timeout;
    private final long startNanos;
    private boolean everConnected;
    private boolean everAnswered;
    private FotaException lastCause;

    /** @param timeout the user's */
    CloudPatience(AgentTask config, Optional<Duration> timeout, long startNanos) {
        this.config = config;
        this.timeout = timeout;
        this.startNanos = startNanos;
    }

    void saw(JobsEvent event) {
        everConnected |= event instanceof JobsEvent.Connected;
        everAnswered |= event instanceof JobsEvent.QueueEmpty || event instanceof JobsEvent.JobOffered;
    }

    /** Throws what ended the connection if the cloud never had us and never will, and that is to end the work. */
    void requireHope(FotaException cause) throws FotaException {
        lastCause = cause;
        if (config.until() != Until.INTERRUPTED && !everConnected && FINAL_REFUSALS.contains(cause.reason())) {
            throw cause;
        }
    }

    /** Throws when {@code --once} has waited long enough for AWS to take the end that an earlier run left. */
    void requireReported(boolean once, long now) throws FotaException {
        if (once && now - startNanos >= timeout.orElse(LIMIT).toNanos()) {
            throw new FotaException(
                    Reason.CLOUD_UNREACHABLE,
                    config.cloud() + " has not taken yet how an earlier job ended. It waits in the outbox for the next"
                            + " start.");
        }
    }

    /** Throws when it is over: with the cloud's own error, CLOUD_UNREACHABLE, or NO_JOB. */
    void require(long now) throws FotaException {
        long waited = now - startNanos;
        if (!everAnswered) {
            requireAnswer(waited, timeout.orElse(LIMIT).toNanos());
        } else if (timeout.isPresent() && waited >= timeout.get().toNanos()) {
            long seconds = timeout.get().toSeconds();
            throw new FotaException(Reason.NO_JOB, "No job came for " + config.thing() + " in " + seconds + " s.");
        }
    }

    private void requireAnswer(long waited, long limit) throws FotaException {
        if (lastCause != null && waited >= limit) {
            throw lastCause;
        }
        if (waited >= Math.max(limit, FIRST_ANSWER.toNanos())) {
            String seen =
                    everConnected ? " is connected, but has not said whether there is a job" : " gave no connection";
            throw new FotaException(
                    Reason.CLOUD_UNREACHABLE,
                    config.cloud() + seen + " in " + TimeUnit.NANOSECONDS.toSeconds(waited) + " s.");
        }
    }
}
